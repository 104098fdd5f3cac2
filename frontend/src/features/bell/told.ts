/** What somebody was told, as it stands in the bell: pages, newest first, and how many of all are unread. */
import type { InfiniteData } from "@tanstack/react-query";
import type { Answer } from "../../api/client";
import type { Change, Notification } from "../../api/types";
import { readBy } from "../../data/noticeActs";
import type { Write } from "../../data/shapes";

export type Page = Answer<"get", "/api/notifications">;
export type Told = InfiniteData<Page>;

/** Seconds from which on it was missed: somebody at the page would have had it otherwise. */
const LATE = 60;

export const isUnread = ({ read_at }: Notification): boolean => read_at === null;
export const isLate = ({ late }: Notification): boolean => late > LATE;
/** A reminder that came too late to be in time, and that nobody has seen yet. */
export const isMissed = (told: Notification): boolean => told.kind === "reminder" && isUnread(told) && isLate(told);

export const allOf = (told: Told): Notification[] => told.pages.flatMap(({ items }) => items);
export const unreadOf = (told: Told): number => told.pages[0]?.unread ?? 0;

/** A reminder that fires only names its notification, which has a change of its own. */
export const toldBy = ({ type, notification }: Change): Notification | null =>
  type.startsWith("notification.") && notification !== undefined ? notification : null;

/** What was missed comes first. */
export function inOrder(told: Told): { missed: Notification[]; others: Notification[] } {
  const all = allOf(told);
  return { missed: all.filter(isMissed), others: all.filter((one) => !isMissed(one)) };
}

/** With what a change says: a new one, or one that was read here or elsewhere. */
export function taken(told: Told, news: Notification): Told {
  const known = allOf(told).find(({ id }) => id === news.id);
  if (known !== undefined) {
    if (known.version > news.version || (known.version === news.version && !isUnread(known))) return told;
    const became = Number(isUnread(news)) - Number(isUnread(known));
    return counted(changed(told, (one) => (one.id === news.id ? news : one)), became);
  }
  if (isWithin(told, news)) return counted(withNew(told, news), Number(isUnread(news)));
  return isUnread(news) ? told : counted(told, -1); // further back than what is shown, and read elsewhere
}

/** Seen now, before the server has heard of it. */
export function seen(told: Told, id: string, now: Date): Told {
  const one = allOf(told).find((known) => known.id === id);
  return one === undefined || !isUnread(one) ? told : taken(told, { ...one, read_at: now.toISOString() });
}

/** With those that are further back; what came since is not among them. */
export function allSeen(told: Told, through: number, now: Date): Told {
  const read_at = now.toISOString();
  const after = changed(told, (one) => (isUnread(one) && one.sequence <= through ? { ...one, read_at } : one));
  return counted(after, allOf(after).filter(isUnread).length - unreadOf(told));
}

/** With what was seen here and the server may not have heard of. */
export function withSeen(told: Told, writes: readonly Write[]): Told {
  return writes.reduce((before, write) => {
    const read = readBy(write);
    if (read === null) return before;
    const then = new Date(write.at / 1000);
    return "id" in read ? seen(before, read.id, then) : allSeen(before, read.through, then);
  }, told);
}

const changed = (told: Told, change: (one: Notification) => Notification): Told => ({
  ...told,
  pages: told.pages.map((page) => ({ ...page, items: page.items.map(change) })),
});

/** Where everything is shown that there was: two that are told at almost one time may come in either order. */
function isWithin(told: Told, { sequence }: Notification): boolean {
  const oldest = allOf(told).at(-1)?.sequence ?? 0;
  return sequence > oldest || told.pages.at(-1)?.next === null;
}

function withNew(told: Told, news: Notification): Told {
  const before = told.pages.findIndex(({ items }) => items.some(({ sequence }) => sequence < news.sequence));
  const place = before === -1 ? told.pages.length - 1 : before;
  const among = (items: readonly Notification[]) => [...items, news].sort((one, other) => other.sequence - one.sequence);
  return { ...told, pages: told.pages.map((page, index) => (index === place ? { ...page, items: among(page.items) } : page)) };
}

const counted = (told: Told, more: number): Told => ({
  ...told,
  pages: told.pages.map((page) => ({ ...page, unread: Math.max(0, unreadOf(told) + more) })),
});
