/** The fields of a task with a few values to choose from. */
import type { Priority, Status, Task } from "../../api/types";
import { useData, useLists } from "../../data/DataContext";
import { nameOfList, priorityNames } from "../../data/names";
import { SelectField } from "../../ui/Field";
import { useChanging } from "./changing";
import * as say from "./words";

const statuses: Record<Status, string> = { todo: say.toDo, in_progress: say.inProgress, done: say.done, cancelled: say.cancelled };

export function StatusField({ task }: { task: Task }) {
  const { acts } = useData();
  const become = (status: Status) => {
    if (status === "done") acts.complete([task.id]);
    else if (status === "cancelled") acts.cancel([task.id]);
    else if (status === "todo" && task.status !== "in_progress") acts.reopen([task.id]);
    else acts.change(task.id, { status });
  };
  return (
    <SelectField label={say.status} value={task.status} onChange={(event) => { become(event.target.value as Status); }}>
      {Object.entries(statuses).map(([value, name]) => (
        <option key={value} value={value}>{name}</option>
      ))}
    </SelectField>
  );
}

export function PriorityField({ task }: { task: Task }) {
  const { change } = useChanging();
  return (
    <SelectField label={say.priority} value={task.priority} onChange={(event) => { change({ priority: event.target.value as Priority }); }}>
      {Object.entries(priorityNames).map(([value, name]) => (
        <option key={value} value={value}>{name}</option>
      ))}
    </SelectField>
  );
}

export function ListField({ task }: { task: Task }) {
  const { acts } = useData();
  const { scope, change } = useChanging();
  const lists = useLists();
  const go = (list: string) => {
    if (scope === "future") change({ list });
    else acts.move([task.id], { list });
  };
  return (
    <SelectField label={say.list} value={task.list} onChange={(event) => { go(event.target.value); }}>
      {lists.map((list) => (
        <option key={list.id} value={list.id}>{nameOfList(list)}</option>
      ))}
      {lists.some(({ id }) => id === task.list) ? null : <option value={task.list}>{say.anArchivedList}</option>}
    </SelectField>
  );
}
