/** The fields of a task with a few values to choose from. */
import type { Priority, Status, Task } from "../../api/types";
import { useData, useLists } from "../../data/DataContext";
import { nameOfList, priorityNames } from "../../data/names";
import { SelectField } from "../../ui/Field";
import { useChanging } from "./changing";

const statuses: Record<Status, string> = { todo: "To do", in_progress: "In progress", done: "Done", cancelled: "Cancelled" };

export function StatusField({ task }: { task: Task }) {
  const { acts } = useData();
  const become = (status: Status) => {
    if (status === "done") acts.complete([task.id]);
    else if (status === "cancelled") acts.cancel([task.id]);
    else if (status === "todo" && task.status !== "in_progress") acts.reopen([task.id]);
    else acts.change(task.id, { status });
  };
  return (
    <SelectField label="Status" value={task.status} onChange={(event) => { become(event.target.value as Status); }}>
      {Object.entries(statuses).map(([value, name]) => (
        <option key={value} value={value}>{name}</option>
      ))}
    </SelectField>
  );
}

export function PriorityField({ task }: { task: Task }) {
  const { change } = useChanging();
  return (
    <SelectField label="Priority" value={task.priority} onChange={(event) => { change({ priority: event.target.value as Priority }); }}>
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
    <SelectField label="List" value={task.list} onChange={(event) => { go(event.target.value); }}>
      {lists.map((list) => (
        <option key={list.id} value={list.id}>{nameOfList(list)}</option>
      ))}
      {lists.some(({ id }) => id === task.list) ? null : <option value={task.list}>An archived list</option>}
    </SelectField>
  );
}
