import { useState, type SubmitEvent } from "react";
import { newId } from "../../api/newId";
import type { Priority } from "../../api/types";
import { Button } from "../../ui/Button";
import { TextField } from "../../ui/Field";
import { dueOf } from "./due";
import { DueFields, PriorityField } from "./fields";
import type { Wish } from "./pending";

const empty = { title: "", priority: "none" as Priority, due: { date: "", time: "" } };

export function AddTask({ onAdd }: { onAdd: (wish: Wish & { kind: "add" }) => void }) {
  const [task, setTask] = useState(empty);

  const add = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const title = task.title.trim();
    if (title === "") return;
    const draft = { id: newId(), title, priority: task.priority, ...dueOf(task.due) };
    onAdd({ kind: "add", draft, key: newId() });
    setTask(empty);
  };

  return (
    <form aria-label="Add a task" onSubmit={add} className="grid grid-cols-2 gap-3 sm:grid-cols-[1fr_1fr_1fr_auto]">
      <TextField
        className="col-span-full"
        label="New task"
        id="new-task"
        value={task.title}
        maxLength={500}
        autoComplete="off"
        onChange={(event) => {
          setTask({ ...task, title: event.target.value });
        }}
      />
      <PriorityField
        value={task.priority}
        onChange={(priority) => {
          setTask({ ...task, priority });
        }}
      />
      <DueFields
        value={task.due}
        onChange={(due) => {
          setTask({ ...task, due });
        }}
      />
      <Button kind="main" type="submit" className="min-h-10 self-end px-5">
        Add
      </Button>
    </form>
  );
}
