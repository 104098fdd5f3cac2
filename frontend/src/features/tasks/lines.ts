/** What a list shows from top to bottom: headings of groups, and tasks. */
import type { Task } from "../../api/types";
import type { Group } from "./groups";
import { asTree } from "./tree";

export interface HeadLine {
  kind: "head";
  key: string;
  group: Group;
}

export interface TaskLine {
  kind: "task";
  /** Tags may show a task more than once. */
  key: string;
  task: Task;
  depth: number;
  parts: number;
  isFolded: boolean;
  group: Group;
  /** The how-manieth of how many in its group, for who cannot see how long it is. */
  place: number;
  of: number;
}

export type Line = HeadLine | TaskLine;

export function linesOf(groups: readonly Group[], folded: ReadonlySet<string>): Line[] {
  const lines: Line[] = [];
  for (const group of groups) {
    if (group.title !== null) lines.push({ kind: "head", key: `head ${group.key}`, group });
    const branches = asTree(group.tasks, folded);
    const of = branches.length;
    branches.forEach(({ task, depth, parts, isFolded }, index) => {
      const key = group.isOneOfSeveral ? `${group.key} ${task.id}` : task.id;
      lines.push({ kind: "task", key, task, depth, parts, isFolded, group, place: index + 1, of });
    });
  }
  return lines;
}

export const tasksIn = (lines: readonly Line[]): TaskLine[] => lines.filter((line) => line.kind === "task");
