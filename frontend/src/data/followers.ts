/** What becomes of later writes when one is not done after all. */
import type { Guard, Refused, Write } from "./shapes";

/** Those that make no sense without it, and without those that make none themselves. All are in their order. */
export function followersOf(write: Write, writes: readonly Write[], conflict: Refused["conflict"]): Write[] {
  const lost = [write];
  for (const other of writes) {
    if (other.id === write.id) continue;
    if (lost.some((one) => follows(other, one)) || (conflict !== null && isOfTheSame(other, write))) lost.push(other);
  }
  return lost.slice(1);
}

/** It takes the other back, or is about what that would have made. */
function follows(other: Write, { id, at, shows }: Write): boolean {
  if ("undoes" in other.request) return other.request.undoes === id;
  if (other.at < at) return false;
  const said = JSON.stringify(other.request);
  return shows.some((effect) => effect.do === "put" && said.includes(effect.id));
}

/** A text that is in conflict is decided about once, however often it was changed here. */
const isOfTheSame = (other: Write, write: Write): boolean => other.at > write.at && sharedBy(other.guard, write.guard).length > 0;

function sharedBy(one: Guard | null, other: Guard | null): string[] {
  if (one?.id !== other?.id || one === null || other === null) return [];
  return Object.keys(one.seen).filter((field) => field in other.seen);
}

/** What a later write saw was what this one wanted, and never came to be. */
export function withoutIt(later: Write, { guard }: Write): Write {
  if (later.guard === null || guard === null) return later;
  const { seen } = later.guard;
  const never = sharedBy(later.guard, guard).filter((field) => seen[field] === guard.wanted[field]);
  if (never.length === 0) return later;
  const before = Object.fromEntries(never.map((field) => [field, guard.seen[field]]));
  return { ...later, guard: { ...later.guard, seen: { ...seen, ...before } } };
}

/** Each once. */
export function inOrder(writes: readonly Write[]): readonly Write[] {
  const once = new Map(writes.map((write) => [write.id, write]));
  return [...once.values()].sort((one, other) => one.at - other.at);
}
