import type { View } from "../address/views";
import { useKnown, useLoading } from "../data/DataContext";
import { viewNames } from "./viewNames";
import * as say from "./words";

/** What the view is called; null while it is not known yet. Where that could not be loaded, what kind of view it is. */
export function useTitle(view: View): string | null {
  const { state } = useLoading();
  const named = useKnown((known) => ("id" in view ? (known[view.name].get(view.id)?.name ?? null) : null));
  if (!("id" in view)) return viewNames[view.name];
  if (named !== null || state === "loading") return named;
  return state === "ready" ? say.viewNotFound(viewNames[view.name]) : viewNames[view.name];
}
