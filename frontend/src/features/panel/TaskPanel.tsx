import { memo, useEffect, useRef, type ReactNode } from "react";
import { useGo } from "../../address/useAddress";
import { useCommands } from "../../commands/useCommands";
import type { Task } from "../../api/types";
import { usePerson, useTask } from "../../data/DataContext";
import { whenPainted } from "../../later";
import { useOncePainted } from "../../ui/useOncePainted";
import { Actions } from "./Actions";
import { Absent } from "./Absent";
import { ChangingTask } from "./changing";
import { Comments } from "./Comments";
import { isOwnEscape } from "./escape";
import { Facts } from "./Facts";
import { Head } from "./Head";
import { History } from "./History";
import { Notes } from "./Notes";
import { Refusals } from "./Refusals";
import { Reminders } from "./Reminders";
import { ScopeChoice } from "./ScopeChoice";
import { Subtasks } from "./Subtasks";
import * as say from "./words";

interface Props {
  id: string;
  /** What adds subtasks to it. */
  adderTo: (parent: string) => ReactNode;
}

/** The open task. The one before goes once this one is on the screen: taking it away takes its time too. */
export function TaskPanel({ id, adderTo }: Props) {
  const painted = useOncePainted(id);
  const ids = painted === undefined || painted === id ? [id] : [painted, id];
  return ids.map((each) => (
    <div key={each} hidden={each !== id}>
      <OneTask id={each} adderTo={adderTo} />
    </div>
  ));
}

/** One task with all that belongs to it. Whatever is typed here is kept until it is saved, also when this is closed. */
const OneTask = memo(function OneTask({ id, adderTo }: Props) {
  const { open } = useGo();
  const task = useTask(id);
  const panel = useRef<HTMLElement>(null);
  const holdsFocus = () => document.activeElement instanceof HTMLElement && panel.current?.contains(document.activeElement) === true;
  const close = () => {
    const wasHere = holdsFocus();
    // What is being typed is saved by leaving its field.
    if (wasHere) (document.activeElement as HTMLElement).blur();
    open(null);
    if (wasHere) goBackTo(id);
  };
  // Whoever opens a task sees it, and then goes to it; the list's keys are still heard from here.
  useEffect(() => whenPainted(() => panel.current?.focus()), [id]);
  useCommands([{ id: "close task", label: say.closeTheTask, keys: ["esc"], group: say.tasks, run: close }]);
  return (
    // eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- Escape is a shortcut; the close button does the same
    <section
      ref={panel}
      aria-label={task === undefined ? say.task : say.taskTitle(task.title)}
      tabIndex={-1}
      className="px-5 outline-none"
      onKeyDown={(event) => {
        if (!isOwnEscape(event)) return;
        event.preventDefault();
        close();
      }}
    >
      {task === undefined ? <Absent id={id} onClose={close} /> : <Present task={task} adder={adderTo(id)} onClose={close} />}
    </section>
  );
});


/** To where it was opened: its row in the list, if it has one there. */
function goBackTo(id: string): void {
  const row = document.querySelector<HTMLElement>(`[data-row$="${CSS.escape(id)}"] [data-title]`);
  (row ?? document.getElementById("main"))?.focus({ preventScroll: row === null });
}

function Present({ task, adder, onClose }: { task: Task; adder: ReactNode; onClose: () => void }) {
  const person = usePerson();
  // Whoever clicks sees at once which task it is; a slow machine then has the time for the rest.
  const isHeadShown = useOncePainted(true);
  return (
    <ChangingTask task={task}>
      <h2 className="sr-only">{task.title}</h2>
      <Head task={task} onClose={onClose} />
      {isHeadShown === true ? (
        <>
          <div className="grid gap-3">
            <Refusals task={task} reader={person} />
            <ScopeChoice task={task} />
            <Facts task={task} />
          </div>
          <Notes task={task} />
          <Subtasks task={task} adder={adder} />
          <Reminders task={task} />
          <Comments task={task} />
          <History task={task} />
          <Actions task={task} onDeleted={onClose} />
        </>
      ) : null}
    </ChangingTask>
  );
}
