/**
 * What can be dropped on is said in the markup, so that nothing has to be loaded or registered for it before somebody
 * drags. While something is held over it, the element has `data-over`, for its looks (`data-over:bg-line`).
 */
export type DropPlace = { kind: "list" | "tag" | "status"; id: string } | { kind: "day"; id: string | null };

export const dropTarget = (place: DropPlace): { "data-drop": string } => ({ "data-drop": `${place.kind}:${place.id ?? ""}` });

export const DROP_TARGETS = "[data-drop]";

export function dropPlaceOf(element: Element): DropPlace | null {
  const [, kind, id = ""] = /^(list|tag|status|day):(.*)$/.exec(element.getAttribute("data-drop") ?? "") ?? [];
  if (kind === "day") return { kind, id: id === "" ? null : id };
  return kind === "list" || kind === "tag" || kind === "status" ? { kind, id } : null;
}
