/** Where tasks go that are moved, as the API says places. */
import type { TaskLine } from "./lines";

export interface Placed {
  before?: string;
  after?: string;
  parent?: string | null;
  at?: "last";
}

export type Step = "up" | "down" | "in" | "out";

/** One step from where it stands; null: there is nothing further in that direction. */
export function stepped(lines: readonly TaskLine[], id: string, step: Step): Placed | null {
  const index = lines.findIndex(({ task }) => task.id === id);
  const line = lines[index];
  if (line === undefined) return null;
  const above = siblingBefore(lines, index);
  switch (step) {
    case "up":
      return above === null ? null : { before: above.task.id };
    case "down": {
      const below = siblingBehind(lines, index);
      return below === null ? null : { after: below.task.id };
    }
    case "in":
      return above === null ? null : { parent: above.task.id, at: "last" };
    case "out":
      return line.depth === 0 || line.task.parent === null ? null : { after: line.task.parent };
  }
}

function siblingBefore(lines: readonly TaskLine[], index: number): TaskLine | null {
  return sibling(lines, index, -1);
}

function siblingBehind(lines: readonly TaskLine[], index: number): TaskLine | null {
  return sibling(lines, index, 1);
}

/** The nearest of its own depth in this direction, before its parent or another group comes. */
function sibling(lines: readonly TaskLine[], index: number, direction: 1 | -1): TaskLine | null {
  const own = lines[index];
  for (let at = index + direction; ; at += direction) {
    const line = lines[at];
    if (own === undefined || line?.group.key !== own.group.key || line.depth < own.depth) return null;
    if (line.depth === own.depth) return line.task.list === own.task.list ? line : null;
  }
}

/** Nothing goes below itself. */
export function isWithin(id: string, moved: ReadonlySet<string>, parentOf: (id: string) => string | null | undefined): boolean {
  for (let at: string | null | undefined = id; at; at = parentOf(at)) if (moved.has(at)) return true;
  return false;
}
