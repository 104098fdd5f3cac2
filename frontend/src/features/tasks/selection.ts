/** Which tasks are selected, as the address says it: by their ids, or all. */

const MANY = 100; // more than these, and all: then also those that come later

const ALL = "all";

export function selectedFrom(said: readonly string[], shown: readonly string[]): ReadonlySet<string> {
  if (said.length === 0) return new Set();
  if (said[0] === ALL) return new Set(shown);
  const here = new Set(shown);
  return new Set(said.filter((id) => here.has(id)));
}

/** Null: nothing is selected. */
export function saidOf(selected: ReadonlySet<string>, shown: readonly string[]): readonly string[] | null {
  if (selected.size === 0) return null;
  return selected.size > MANY && shown.every((id) => selected.has(id)) ? [ALL] : [...selected];
}

export function toggled(selected: ReadonlySet<string>, id: string): Set<string> {
  const next = new Set(selected);
  if (!next.delete(id)) next.add(id);
  return next;
}

/** All from one to the other, whichever comes first. */
export function between(shown: readonly string[], from: string, to: string): string[] {
  const start = shown.indexOf(from);
  const end = shown.indexOf(to);
  if (end === -1) return [];
  if (start === -1) return [to];
  return shown.slice(Math.min(start, end), Math.max(start, end) + 1);
}
