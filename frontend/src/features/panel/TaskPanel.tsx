import { useRef } from "react";
import { useGo } from "../../address/useAddress";
import type { Task } from "../../api/types";
import { usePerson } from "../../data/DataContext";
import { Actions } from "./Actions";
import { Absent } from "./Absent";
import { ChangingTask } from "./changing";
import { Comments } from "./Comments";
import { Facts } from "./Facts";
import { Head } from "./Head";
import { History } from "./History";
import { Notes } from "./Notes";
import { Refusals } from "./Refusals";
import { Reminders } from "./Reminders";
import { ScopeChoice } from "./ScopeChoice";
import { Subtasks } from "./Subtasks";
import { useOpenTask } from "./useOpenTask";

/** One task with all that belongs to it. Whatever is typed here is kept until it is saved, also when this is closed. */
export function TaskPanel({ id }: { id: string }) {
  const { open } = useGo();
  const found = useOpenTask(id);
  const panel = useRef<HTMLElement>(null);
  const close = () => {
    // What is being typed is saved by leaving its field.
    if (document.activeElement instanceof HTMLElement && panel.current?.contains(document.activeElement) === true) document.activeElement.blur();
    open(null);
  };
  return (
    // eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- Escape is a shortcut; the close button does the same
    <section
      ref={panel}
      aria-label={found.task === undefined ? "Task" : `Task: ${found.task.title}`}
      className="px-5"
      onKeyDown={(event) => {
        if (event.key !== "Escape" || event.defaultPrevented) return;
        event.preventDefault();
        close();
      }}
    >
      {found.task === undefined ? <Absent found={found} id={id} onClose={close} /> : <Present key={id} task={found.task} onClose={close} />}
    </section>
  );
}

function Present({ task, onClose }: { task: Task; onClose: () => void }) {
  const person = usePerson();
  return (
    <ChangingTask task={task}>
      <h2 className="sr-only">{task.title}</h2>
      <Head task={task} onClose={onClose} />
      <div className="grid gap-3">
        <Refusals task={task} reader={person} />
        <ScopeChoice task={task} />
        <Facts task={task} />
      </div>
      <Notes task={task} />
      <Subtasks task={task} />
      <Reminders task={task} />
      <Comments task={task} />
      <History task={task} />
      <Actions task={task} />
    </ChangingTask>
  );
}
