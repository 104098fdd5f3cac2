import type { User } from "../../api/types";

type Reader = Pick<User, "locale" | "zone">;

/** When something was, where its reader is: "21 Nov 2026, 14:30". */
export function momentInWords(iso: string, { locale, zone }: Reader): string {
  return new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeStyle: "short", timeZone: zone }).format(new Date(iso));
}

export function dateInWords(iso: string, { locale, zone }: Reader): string {
  return new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeZone: zone }).format(new Date(iso));
}
