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

export const withNew = (toasts: readonly Toast[], write: Write): readonly Toast[] =>
  [...toasts.filter((toast) => nameOf(toast.write) !== nameOf(write)), { write, undone: false }].slice(-MOST);

export const without = (toasts: readonly Toast[], id: string): readonly Toast[] => toasts.filter(({ write }) => write.id !== id);

export const undone = (toasts: readonly Toast[], id: string): readonly Toast[] =>
  toasts.map((toast) => (toast.write.id === id ? { ...toast, undone: true } : toast));
