/** A text of several lines as one task each, without what makes a list of them. Null: it is one line. */
export function linesOf(text: string): string[] | null {
  const lines = text
    .split(/\r\n|\r|\n/u)
    .map((line) => line.trim().replace(/^(?:[-*•–]\s+)?(?:\[[ xX]?\]\s+)?(?:\d{1,3}[.)]\s+)?/u, ""))
    .filter((line) => line !== "");
  return lines.length > 1 ? lines : null;
}

export const MOST_LINES = 200;
