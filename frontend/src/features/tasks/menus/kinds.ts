export type MenuKind = "more" | "due" | "priority" | "tags" | "list";

/** A menu for some tasks, beside what it was asked for at. */
export interface Opened {
  kind: MenuKind;
  ids: readonly string[];
  anchor: Element;
}
