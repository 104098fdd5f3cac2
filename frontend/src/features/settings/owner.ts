/** Whose settings these are, and whom to tell when that changes: who is logged in is known by somebody else. */
import { createContext, use } from "react";
import type { Ask } from "../../api/client";
import type { User } from "../../api/types";
import { useAskOf } from "../../data/useAsk";
import { momentInWords } from "../../ui/inWords";

export interface Owner {
  user: User;
  onUser: (user: User) => void;
  onSignedOut: () => void;
  /** How many changes wait in this browser to be sent. */
  unsent: number;
}

export const OwnerContext = createContext<Owner | null>(null);

export function useOwner(): Owner {
  const owner = use(OwnerContext);
  if (owner === null) throw new Error("These are nobody's settings.");
  return owner;
}

/** Asks for the owner. */
export const useAsk = (): Ask => useAskOf(useOwner().user);

/** When something was or will be, in full, where and as its reader reads it. */
export function useMoments(): (iso: string) => string {
  const { zone, locale } = useOwner().user;
  return (iso) => momentInWords(iso, zone, locale);
}
