/** Moving a task by a step: in its list, below another and out again; on a board, to the next column. */
import type { Doing } from "./doing";
import type { TaskLine } from "./lines";
import { stepped, type Step } from "./placing";

export const columns = ["todo", "in_progress", "finished"];

interface Wanted {
  lines: readonly TaskLine[];
  isBoard: boolean;
  canReorder: boolean;
  doing: Doing;
}

export function stepping({ lines, isBoard, canReorder, doing }: Wanted) {
  const step = (id: string, way: Step) => {
    if (isBoard && (way === "in" || way === "out")) {
      const wanted = columns[columns.indexOf(lines.find(({ task }) => task.id === id)?.group.key ?? "") + (way === "in" ? 1 : -1)];
      if (wanted !== undefined) doing.putAt([id], { kind: "status", id: wanted === "finished" ? "done" : wanted });
      return;
    }
    const placed = isPossible(way) ? stepped(lines, id, way) : null;
    if (placed !== null) doing.moveTo([id], placed);
  };
  const isPossible = (way: Step) => (way === "in" || way === "out" ? !isBoard : canReorder);
  const stepsFrom = (id: string) => (["up", "down", "in", "out"] as const).filter((way) => isPossible(way) && stepped(lines, id, way) !== null);
  return { step, stepsFrom };
}
