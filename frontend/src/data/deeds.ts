/** What makes a write: what is asked, what it shows, and what would show it undone. */
import type { Effect, Entity, Kind, Known, Write } from "./shapes";
import * as say from "./words";

/** `hides` left out: all that it shows can be put back as it is now. */
export type Deed = Omit<Write, "id" | "at" | "hides"> & { hides?: Write["hides"] };

export const set = (kind: Kind, id: string, fields: object): Effect => ({ do: "set", kind, id, fields: fields as Record<string, unknown> });
export const drop = (kind: Kind, id: string): Effect => ({ do: "drop", kind, id });
export const put = (kind: Kind, entity: Entity): Effect => ({ do: "put", kind, id: entity.id, entity }) as Effect;

/** What brings everything back to how it is shown now. */
export function inverse(effects: readonly Effect[], known: Known): Effect[] {
  return effects.flatMap((effect) => {
    const now = known[effect.kind].get(effect.id);
    if (effect.do === "put") return now === undefined ? [drop(effect.kind, effect.id)] : [];
    if (now === undefined) return [];
    if (effect.do === "drop") return [put(effect.kind, now)];
    return [set(effect.kind, effect.id, only(now, Object.keys(effect.fields)))];
  });
}

/** Texts and dates are not overwritten unseen; of all else the last word counts. */
const GUARDED = ["title", "notes", "due", "zone", "text", "name", "query"];

export function guardOf(kind: Kind, entity: Entity, wanted: object): Write["guard"] {
  const fields = Object.keys(wanted).filter((field) => GUARDED.includes(field));
  if (fields.length === 0) return null;
  return { kind, id: entity.id, seen: only(entity, fields), wanted: only(wanted, fields) };
}

function only(thing: object, fields: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(fields.map((field) => [field, (thing as Record<string, unknown>)[field]]));
}

/** As it is said in a sentence. */
export function quoted(text: string): string {
  const line = text.length > 60 ? `${text.slice(0, 59).trimEnd()}…` : text;
  return say.quoted(line);
}
