/** The toasts that are to be seen, the newest last; and how long each still stays. */
import type { Write } from "../../data/shapes";

export interface Toast {
  write: Write;
  undone: boolean;
}

export const STAYS = 8_000;
const MOST = 3;

/** Of an act that is several writes there is one. */
export const nameOf = ({ id, whole }: Write): string => whole?.id ?? id;

/** The task that was made, to be looked at; null where none was. */
export function madeBy({ shows }: Write): string | null {
  const [first] = shows;
  return first?.do === "put" && first.kind === "task" && shows.length === 1 ? first.id : null;
}

export const withNew = (toasts: readonly Toast[], write: Write): readonly Toast[] =>
  [...toasts.filter((toast) => nameOf(toast.write) !== nameOf(write)), { write, undone: false }].slice(-MOST);

export const without = (toasts: readonly Toast[], id: string): readonly Toast[] => toasts.filter(({ write }) => write.id !== id);

export const undone = (toasts: readonly Toast[], id: string): readonly Toast[] =>
  toasts.map((toast) => (toast.write.id === id ? { ...toast, undone: true } : toast));
