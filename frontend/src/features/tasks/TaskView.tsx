import { pathOf } from "../../address/views";
import { useLoading, usePerson } from "../../data/DataContext";
import { Failed } from "../../ui/Failed";
import { Skeleton } from "../../ui/Skeleton";
import { Problem, sentence } from "../../api/problem";
import type { TasksView } from "./membership";
import { TaskScreen } from "./TaskScreen";
import * as say from "./words";

/** A view of tasks: the inbox, today, the days ahead, a list, a tag or a saved filter. */
export function TaskView({ view }: { view: TasksView }) {
  const { state, loaded, error, retry } = useLoading();
  const { locale } = usePerson();
  if (state === "failed") {
    return (
      <Failed
        what={say.notLoaded}
        why={error instanceof Error ? sentence(error) : ""}
        requestId={error instanceof Problem ? error.requestId : null}
        onRetry={retry}
      />
    );
  }
  if (state === "loading") return <Skeleton what={loaded === 0 ? say.loading : say.loadingSoFar(loaded, locale)} rows={6} />;
  return <TaskScreen key={pathOf(view)} view={view} />;
}
