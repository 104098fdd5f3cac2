import { ViewLink } from "../../address/ViewLink";
import { Empty } from "../../ui/Empty";
import type { TasksView } from "./membership";
import * as say from "./words";

export function NotFound({ view }: { view: TasksView }) {
  return (
    <Empty title={say.noSuch(view.name)}>
      <p>{say.perhapsDeleted}</p>
      <ViewLink view={{ name: "today" }} className="link">
        {say.goToToday}
      </ViewLink>
    </Empty>
  );
}
