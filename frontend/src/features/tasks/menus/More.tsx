import { Menu } from "@base-ui/react/menu";
import type { ReactNode } from "react";
import type { Task } from "../../../api/types";
import { useData } from "../../../data/DataContext";
import { againActs } from "../../../data/againActs";
import { seriesActs } from "../../../data/seriesActs";
import { useActs } from "../../../data/useActs";
import { MenuSeparator } from "../../../ui/Menu";
import { Kbd } from "../../../ui/Kbd";
import type { Step } from "../placing";
import type { MenuKind } from "./kinds";
import * as say from "./words";

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
  { step: "up", label: say.moveUp, keys: "alt+up" },
  { step: "down", label: say.moveDown, keys: "alt+down" },
  { step: "in", label: say.makeASubtask, keys: "alt+right" },
  { step: "out", label: say.moveOut, keys: "alt+left" },
];

/** Everything that can be done with a task. */
export function More({ tasks, onOther, onEdit, onSelect, onStep, stepsFrom, onRemove }: Props) {
  const { acts, known } = useData();
  const again = useActs(againActs);
  const series = useActs(seriesActs);
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
      {one ? <Item keys="e" onSelect={() => { onEdit(task.id); }}>{say.editTitle}</Item> : null}
      {one ? <Item keys="x" onSelect={() => { onSelect(task.id); }}>{say.select}</Item> : null}
      <MenuSeparator />
      {leads("due", say.dueDate, "d")}
      {leads("priority", say.priority, "p")}
      {leads("tags", say.tags, "t")}
      {leads("list", say.moveToList, "m")}
      {possible.length === 0 ? null : <MenuSeparator />}
      {steps.map(({ step, label, keys }) =>
        possible.includes(step) ? <Item key={step} keys={keys} onSelect={() => { onStep(task.id, step); }}>{label}</Item> : null,
      )}
      <MenuSeparator />
      {tasks.some(({ status }) => status === "todo") ? <Item onSelect={() => { acts.changeMany(ids, { status: "in_progress" }); }}>{say.start}</Item> : null}
      {tasks.some(({ status }) => status === "in_progress") ? <Item onSelect={() => { acts.changeMany(ids, { status: "todo" }); }}>{say.putBackToDo}</Item> : null}
      {one && task.recurrence?.state === "active" ? <Item onSelect={() => { series.skip(task.id); }}>{say.skipThisOne}</Item> : null}
      {one ? <Item onSelect={() => { again.duplicate(task.id, false); }}>{say.duplicate}</Item> : null}
      {one && known().children(task.id).length > 0 ? <Item onSelect={() => { again.duplicate(task.id, true); }}>{say.duplicateWithSubtasks}</Item> : null}
      {task.status === "cancelled" ? null : <Item onSelect={() => { acts.changeMany(ids, { status: "cancelled" }); }}>{say.cancel(one)}</Item>}
      <MenuSeparator />
      <Item keys="delete" danger onSelect={() => { onRemove(ids); }}>{say.remove}</Item>
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
