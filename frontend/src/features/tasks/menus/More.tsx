import { Menu } from "@base-ui/react/menu";
import type { ReactNode } from "react";
import type { Task } from "../../../api/types";
import { useData } from "../../../data/DataContext";
import { MenuSeparator } from "../../../ui/Menu";
import { Kbd } from "../../../ui/Kbd";
import type { Step } from "../placing";
import type { MenuKind } from "./kinds";

export interface MoreActs {
  onEdit: (id: string) => void;
  onSelect: (id: string) => void;
  onStep: (id: string, step: Step) => void;
  /** Steps that lead somewhere from where the task stands. */
  stepsFrom: (id: string) => readonly Step[];
  onRemove: (ids: readonly string[]) => void;
}

interface Props extends MoreActs {
  tasks: readonly Task[];
  onOther: (kind: MenuKind) => void;
}

const steps: readonly { step: Step; label: string; keys: string }[] = [
  { step: "up", label: "Move up", keys: "alt+up" },
  { step: "down", label: "Move down", keys: "alt+down" },
  { step: "in", label: "Make a subtask", keys: "alt+right" },
  { step: "out", label: "Move out a level", keys: "alt+left" },
];

/** Everything that can be done with a task. */
export function More({ tasks, onOther, onEdit, onSelect, onStep, stepsFrom, onRemove }: Props) {
  const { acts, known } = useData();
  const ids = tasks.map(({ id }) => id);
  const [task] = tasks;
  if (task === undefined) return null;
  const one = tasks.length === 1;
  const possible = one ? stepsFrom(task.id) : [];
  const leads = (kind: MenuKind, label: string, keys: string) => (
    <Item
      keys={keys}
      stays
      onSelect={() => {
        onOther(kind);
      }}
    >
      {label}…
    </Item>
  );
  return (
    <>
      {one ? <Item keys="e" onSelect={() => { onEdit(task.id); }}>Edit title</Item> : null}
      {one ? <Item keys="x" onSelect={() => { onSelect(task.id); }}>Select</Item> : null}
      <MenuSeparator />
      {leads("due", "Due date", "d")}
      {leads("priority", "Priority", "p")}
      {leads("tags", "Tags", "t")}
      {leads("list", "Move to list", "m")}
      {possible.length === 0 ? null : <MenuSeparator />}
      {steps.map(({ step, label, keys }) =>
        possible.includes(step) ? <Item key={step} keys={keys} onSelect={() => { onStep(task.id, step); }}>{label}</Item> : null,
      )}
      <MenuSeparator />
      {tasks.some(({ status }) => status === "todo") ? <Item onSelect={() => { acts.changeMany(ids, { status: "in_progress" }); }}>Start</Item> : null}
      {tasks.some(({ status }) => status === "in_progress") ? <Item onSelect={() => { acts.changeMany(ids, { status: "todo" }); }}>Put back to do</Item> : null}
      {one && task.recurrence?.state === "active" ? <Item onSelect={() => { acts.skip(task.id); }}>Skip this one</Item> : null}
      {one ? <Item onSelect={() => { acts.duplicate(task.id, false); }}>Duplicate</Item> : null}
      {one && known().children(task.id).length > 0 ? <Item onSelect={() => { acts.duplicate(task.id, true); }}>Duplicate with subtasks</Item> : null}
      {task.status === "cancelled" ? null : <Item onSelect={() => { acts.changeMany(ids, { status: "cancelled" }); }}>Cancel {one ? "this task" : "these tasks"}</Item>}
      <MenuSeparator />
      <Item keys="delete" danger onSelect={() => { onRemove(ids); }}>Delete</Item>
    </>
  );
}

/** Some lead on to another menu, which takes this one's place. */
function Item({ keys, stays = false, danger = false, onSelect, children }: { keys?: string; stays?: boolean; danger?: boolean; onSelect: () => void; children: ReactNode }) {
  return (
    <Menu.Item closeOnClick={!stays} onClick={onSelect} className={`choice ${danger ? "text-warn" : ""}`}>
      <span className="min-w-0 flex-1 truncate">{children}</span>
      {keys === undefined ? null : <Kbd keys={keys} />}
    </Menu.Item>
  );
}
