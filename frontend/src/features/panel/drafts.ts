/**
 * What somebody has typed and not saved. It is kept for as long as the tab is there, so that neither closing the panel,
 * nor a reload, nor a session that ends takes it away.
 */
export interface Draft {
  text: string;
  /** What was saved when this was begun: what it is meant to replace. */
  base: string;
}

const PLACES = "draft/";
const keyOf = (place: string) => `${PLACES}${place}`;

export function readDraft(place: string): Draft | null {
  const kept = sessionStorage.getItem(keyOf(place));
  return kept === null ? null : (JSON.parse(kept) as Draft);
}

export function keepDraft(place: string, draft: Draft | null): void {
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
