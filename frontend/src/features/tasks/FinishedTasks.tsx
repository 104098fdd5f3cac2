import { useEffect } from "react";
import { sentence } from "../../api/problem";
import { Button } from "../../ui/Button";
import type { TasksView } from "./membership";
import { useFinished } from "./useFinished";
import * as say from "./words";

interface Props {
  view: TasksView;
  /** Empty where there is none. */
  filter: string;
  onFound: (ids: ReadonlySet<string>) => void;
}

/** Gets the finished tasks of a view, which is where they are shown; here is the way to those that were finished longer ago. */
export function FinishedTasks({ view, filter, onFound }: Props) {
  const { ids, hasMore, isAsking, isOutOfReach, error, more } = useFinished(view, filter);
  useEffect(() => {
    onFound(ids);
  }, [ids, onFound]);
  if (error !== null) {
    return (
      <p role="alert" className="flex flex-wrap items-center gap-3 px-2 py-3 text-sm text-warn">
        {say.finishedNotLoaded} {sentence(error)}
        <Button onClick={more}>{say.tryAgain}</Button>
      </p>
    );
  }
  if (isOutOfReach) {
    return (
      <p role="status" className="px-2 py-3 text-sm text-quiet">
        {say.finishedOffline}
      </p>
    );
  }
  if (!hasMore && !isAsking) return null;
  return (
    <Button kind="quiet" busy={isAsking} onClick={more} className="mt-2">
      {isAsking ? say.loadingFinishedTasks : say.showMoreFinishedTasks}
    </Button>
  );
}
