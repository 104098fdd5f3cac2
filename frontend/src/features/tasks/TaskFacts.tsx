import type { Task } from "../../api/types";
import { dueInWords } from "./due";
import { priorities } from "./fields";
import { isFinished } from "./known";

const marks: Partial<Record<Task["priority"], string>> = { high: "font-semibold text-ink", urgent: "font-semibold text-warn" };

/** The line below a title: what else is known of the task. */
export function TaskFacts({ task, unheard }: { task: Task; unheard: boolean }) {
  const due = task.due === null ? null : dueInWords(task, new Date());
  const late = due?.late === true && !isFinished(task);
  return (
    <div className="text-sm text-quiet">
      <ul className="flex flex-wrap gap-x-4">
        {due === null ? null : (
          <li className={late ? "font-semibold text-warn" : ""}>
            {due.text}
            {late ? " – overdue" : ""}
          </li>
        )}
        {task.priority === "none" ? null : <li className={marks[task.priority] ?? ""}>{priorities[task.priority]} priority</li>}
        {task.status === "in_progress" ? <li>In progress</li> : null}
        {task.status === "cancelled" ? <li>Cancelled</li> : null}
        {unheard ? <li className="text-warn">Not sent yet</li> : null}
      </ul>
      {task.notes === "" ? null : <p className="line-clamp-3 wrap-anywhere whitespace-pre-line">{task.notes}</p>}
    </div>
  );
}
