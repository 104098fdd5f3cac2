/** Having seen what one was told. It is not undone, and so nothing is said of it but where it waits. */
import type { Do } from "./acts";
import { quoted } from "./deeds";
import type { Request, Write } from "./shapes";
import * as say from "./words";

const ALL = "/api/notifications/read";
const ONE = /^\/api\/notifications\/([^/]+)\/read$/;

export const noticeActs = (act: Do) => {
  const read = (says: string, request: Request) => act({ says, kind: null, request, shows: [], hides: null, guard: null });
  return {
    markRead: (id: string, headline: string) => read(say.markedAsRead(quoted(headline)), { method: "post", path: `/api/notifications/${id}/read` }),
    /** All up to the one of this number. */
    markAllRead: (through: number) => read(say.markedAsRead(say.allNotifications), { method: "post", path: ALL, body: { through } }),
  };
};

/** What is read once this write is sent; null where it is about something else. */
export function readBy({ request }: Write): { id: string } | { through: number } | null {
  if (!("path" in request)) return null;
  if (request.path === ALL) return request.body as { through: number };
  const id = ONE.exec(request.path)?.[1];
  return id === undefined ? null : { id };
}
