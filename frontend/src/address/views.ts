/** Every place of the page and its path. */

export const plainViews = ["inbox", "today", "upcoming", "search", "completed", "recurring", "activity"] as const;

export type View =
  | { name: (typeof plainViews)[number] }
  | { name: "list" | "tag" | "filter"; id: string }
  /** `month` is "2026-11"; none is the one we are in. */
  | { name: "calendar"; month: string | null }
  | { name: "settings"; section: string | null }
  | { name: "unknown" };

export function pathOf(view: View): string {
  switch (view.name) {
    case "list":
    case "tag":
    case "filter":
      return `/${view.name}/${encodeURIComponent(view.id)}`;
    case "calendar":
      return view.month === null ? "/calendar" : `/calendar/${view.month}`;
    case "settings":
      return view.section === null ? "/settings" : `/settings/${encodeURIComponent(view.section)}`;
    case "unknown":
      return "/";
    default:
      return `/${view.name}`;
  }
}

export function viewAt(path: string): View {
  const [name = "", rest = null, ...more] = path.replace(/\/$/, "").slice(1).split("/").map(readable);
  if (more.length > 0 || rest === "") return { name: "unknown" };
  if (name === "list" || name === "tag" || name === "filter") return rest === null ? { name: "unknown" } : { name, id: rest };
  if (name === "calendar") return rest === null || isMonth(rest) ? { name, month: rest } : { name: "unknown" };
  if (name === "settings") return { name, section: rest };
  const plain = plainViews.find((view) => view === name);
  return plain === undefined || rest !== null ? { name: "unknown" } : { name: plain };
}

const isMonth = (text: string) => /^\d{4}-(0[1-9]|1[0-2])$/.test(text);

function readable(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return ""; // a percent sign that stands for nothing
  }
}
