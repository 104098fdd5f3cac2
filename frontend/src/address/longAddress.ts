/** A selection of very many makes an address that is longer than servers take. It stands behind the hash then, of which no server is told. */
import { changed, paramsOf, searchOf } from "./params";

const LONGEST = 4_000; // signs; about a hundred tasks

/** As it stands in the browser. */
export function shortened(href: string): string {
  if (href.length <= LONGEST) return href;
  const { pathname, search } = new URL(href, "https://taskora.invalid");
  const { sel, ...others } = paramsOf(search);
  return sel === undefined ? href : `${pathname}${searchOf(others)}#${searchOf({ sel }).slice(1)}`;
}

/** As the page has it: with all that is selected among its params. */
export function whole({ pathname, search, hash }: Pick<Location, "pathname" | "search" | "hash">): { pathname: string; search: string; hash: string } {
  if (!hash.startsWith("#sel=")) return { pathname, search, hash };
  const { sel = null } = paramsOf(hash.slice(1));
  return { pathname, search: searchOf(changed(paramsOf(search), { sel })), hash: "" };
}
