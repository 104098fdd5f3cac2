import type { View } from "../../address/views";
import { nameOfList } from "../../data/names";
import type { Known } from "../../data/shapes";
import { signsOf, written } from "./language";

/** What is typed on a view narrows what it shows; as a filter of its own it says that too. */
export function scoped(text: string, view: View, known: Known): string {
  const scope = scopeOf(view, known);
  if (scope === null) return text;
  // A comma stands between whole filters, each of which is narrowed by itself.
  const ends = [...signsOf(text).filter((at) => text.charAt(at) === ","), text.length];
  return ends.map((end, place) => `${scope} & (${text.slice(place === 0 ? 0 : (ends[place - 1] ?? 0) + 1, end).trim()})`).join(", ");
}

function scopeOf(view: View, { list, tag }: Known): string | null {
  switch (view.name) {
    case "inbox":
      return written("#", nameOfList([...list.values()].find(({ inbox }) => inbox)));
    case "list":
      return written("#", nameOfList(list.get(view.id)));
    case "tag":
      return written("@", tag.get(view.id)?.name ?? "");
    case "today":
      return "(today | overdue)";
    case "upcoming":
      return "!no date";
    default:
      return null;
  }
}
