/** Moving a task by a step: in its list, below another and out again; on a board, to the next column. */
import type { Task } from "../../api/types";
import { manually } from "../../data/order";
import { isFinished } from "../../data/shapes";
import type { Doing } from "./doing";
import { linesOf, tasksIn, type TaskLine } from "./lines";
import { stepped, type Step } from "./placing";

const FINISHED = "finished";
export const columns = ["todo", "in_progress", FINISHED];

interface Wanted {
  lines: readonly TaskLine[];
  isBoard: boolean;
  canReorder: boolean;
  doing: Doing;
  /** As it is known now. */
  taskOf: (id: string) => Task | undefined;
}

export function stepping({ lines, isBoard, canReorder, doing, taskOf }: Wanted) {
  const step = (id: string, way: Step) => {
    if (isBoard && (way === "in" || way === "out")) {
      const wanted = columns[columns.indexOf(columnOf(taskOf(id))) + (way === "in" ? 1 : -1)];
      if (wanted !== undefined) doing.putAt([id], { kind: "status", id: wanted === FINISHED ? "done" : wanted });
      return;
    }
    const placed = isPossible(way) ? stepped(now(), id, way) : null;
    if (placed !== null) doing.moveTo([id], placed);
  };
  const isPossible = (way: Step) => (way === "in" || way === "out" ? !isBoard : canReorder);
  const stepsFrom = (id: string) => {
    const known = now();
    return (["up", "down", "in", "out"] as const).filter((way) => isPossible(way) && stepped(known, id, way) !== null);
  };

  /** What was drawn may be older than what the keys have done: one that is held goes on from where it has got to. */
  const now = () => {
    const folded = new Set(lines.filter(({ isFolded }) => isFolded).map(({ task }) => task.id));
    const groups = [...new Set(lines.map(({ group }) => group))].map((group) => {
      const tasks = group.tasks.map(({ id }) => taskOf(id)).filter((task) => task !== undefined);
      return { ...group, tasks: canReorder && group.key !== FINISHED ? tasks.sort(manually) : tasks };
    });
    return tasksIn(linesOf(groups, folded));
  };
  return { step, stepsFrom };
}

const columnOf = (task: Task | undefined): string => (task === undefined ? "" : isFinished(task) ? FINISHED : task.status);
