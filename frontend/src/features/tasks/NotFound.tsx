import { ViewLink } from "../../address/ViewLink";
import { Empty } from "../../ui/Empty";
import type { TasksView } from "./membership";

export function NotFound({ view }: { view: TasksView }) {
  return (
    <Empty title={`There is no such ${view.name}.`}>
      <p>It may have been deleted, here or on another device.</p>
      <ViewLink view={{ name: "today" }} className="link">
        Go to Today
      </ViewLink>
    </Empty>
  );
}
