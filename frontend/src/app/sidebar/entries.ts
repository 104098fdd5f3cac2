/** Lists, tags and saved filters as they stand in the sidebar. */
import type { Filter, List, Tag } from "../../api/types";
import type { organizeActs } from "../../data/organizeActs";

export type Kind = "list" | "tag" | "filter";
export type Entry = List | Tag | Filter;
type Acts = ReturnType<typeof organizeActs>;

export interface Fields {
  name: string;
  color: string | null;
  /** Of a filter. */
  query: string;
}

export const fieldsOf = (entry: Entry | null): Fields => ({
  name: entry?.name ?? "",
  color: entry?.color ?? null,
  query: entry !== null && "query" in entry ? entry.query : "",
});

export function addEntry(acts: Acts, kind: Kind, { query, ...fields }: Fields): void {
  if (kind === "list") acts.addList(fields);
  else if (kind === "tag") acts.addTag(fields);
  else acts.addFilter({ ...fields, query });
}

/** Only what is different is sent. */
export function changeEntry(acts: Acts, kind: Kind, entry: Entry, fields: Fields): void {
  const before = fieldsOf(entry);
  const patch = Object.fromEntries(Object.entries(fields).filter(([name, value]) => before[name as keyof Fields] !== value));
  if (Object.keys(patch).length === 0) return;
  if (kind === "list") acts.changeList(entry.id, patch);
  else if (kind === "tag") acts.changeTag(entry.id, patch);
  else acts.changeFilter(entry.id, patch);
}

export function moveEntry(acts: Acts, kind: "list" | "filter", id: string, place: { before: string } | { after: string }): void {
  if (kind === "list") acts.moveList(id, place);
  else acts.moveFilter(id, place);
}
