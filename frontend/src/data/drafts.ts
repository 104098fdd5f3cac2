/**
 * What somebody has typed and not saved, or sought, under a place that begins with who they are. It is kept for as long as the tab
 * is there, so that neither leaving its field, nor a reload, nor a session that ends takes it away.
 */
const PLACES = "draft/";
const keyOf = (place: string) => `${PLACES}${place}`;

/** As it was kept there, by the same field. */
export function readDraft(place: string): unknown {
  const kept = sessionStorage.getItem(keyOf(place));
  return kept === null ? null : JSON.parse(kept);
}

export function keepDraft(place: string, draft: object | null): void {
  if (draft === null) {
    sessionStorage.removeItem(keyOf(place));
    return;
  }
  try {
    sessionStorage.setItem(keyOf(place), JSON.stringify(draft));
  } catch (error) {
    // The browser has no more room for it: it still stands in its field.
    if (!(error instanceof DOMException && error.name === "QuotaExceededError")) throw error;
  }
}

/** Whoever logs out leaves nothing behind for the next at this browser. */
export function forgetDrafts(user: string): void {
  for (const key of Object.keys(sessionStorage)) if (key.startsWith(keyOf(`${user}/`))) sessionStorage.removeItem(key);
}
