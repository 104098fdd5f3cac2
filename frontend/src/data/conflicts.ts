/** What two made of one thing, for their person to choose. */
import type { Refused } from "./shapes";

interface Contested {
  field: string;
  mine: unknown;
  theirs: unknown;
}

/** What was wanted here may have been changed again since: the last of it counts. */
export function contestedIn({ write, conflict, followers }: Refused): Contested[] {
  if (conflict === null) return [];
  const mine: Record<string, unknown> = {};
  for (const { guard } of [write, ...followers]) if (guard?.id === write.guard?.id) Object.assign(mine, guard?.wanted);
  const theirs = conflict.current as unknown as Record<string, unknown>;
  return conflict.fields.map((field) => ({ field, mine: mine[field], theirs: theirs[field] }));
}
