/** A list or a tag whose name is being typed, and what may be meant. */
export interface Naming {
  sign: "#" | "@";
  /** Where it begins, with its sign, and where it ends. */
  start: number;
  end: number;
  typed: string;
}

export interface Named {
  id: string;
  name: string;
}

export interface Suggestion {
  key: string;
  kind: "list" | "tag" | "new tag";
  name: string;
  color: string | null;
}

const MOST = 8;
const BEFORE_CARET = /(?:^|[\s(])([#@])("[^"]*|[\p{L}][\p{L}\p{N}_-]*|)$/u;
const BARE = /^\p{L}[\p{L}\p{N}_-]*$/u;

export function namingAt(text: string, caret: number): Naming | null {
  const found = BEFORE_CARET.exec(text.slice(0, caret));
  const [, sign, written] = found ?? [];
  if ((sign !== "#" && sign !== "@") || written === undefined) return null;
  const rest = written.startsWith('"') ? /^[^"]*"/u.exec(text.slice(caret)) : /^[\p{L}\p{N}_-]*/u.exec(text.slice(caret));
  return { sign, start: caret - written.length - 1, end: caret + (rest?.[0].length ?? 0), typed: written.replace(/^"/u, "") };
}

/** As a name is written in a quick add: one of several words needs quotes. */
export const written = (sign: string, name: string): string => (BARE.test(name) ? `${sign}${name}` : `${sign}"${name.replaceAll('"', "")}"`);

export const keyOf = (name: string): string => name.normalize("NFKC").toLowerCase().normalize("NFKC").trim();

/**
 * Best first: those that begin so, then those with a word that does. A # may be a list, or else a tag. That it would be
 * a new one is said only beside others.
 */
export function suggestions(
  { sign, typed }: Pick<Naming, "sign" | "typed">,
  lists: readonly (Named & { color: string | null })[],
  tags: readonly (Named & { color: string | null })[],
): Suggestion[] {
  const sought = keyOf(typed);
  const ofLists = sign === "#" ? ranked(lists, sought).map((each) => ({ ...each, kind: "list" as const })) : [];
  const taken = new Set(ofLists.map(({ name }) => keyOf(name)));
  const ofTags = ranked(tags, sought)
    .filter(({ name }) => !taken.has(keyOf(name)))
    .map((each) => ({ ...each, kind: "tag" as const }));
  const held = [...ofLists, ...(sign === "#" && sought === "" ? [] : ofTags)];
  const found: Suggestion[] = held.slice(0, MOST).map(({ id, kind, name, color }) => ({ key: id, kind, name, color }));
  const isThere = held.some(({ name }) => keyOf(name) === sought);
  const name = typed.trim();
  return isThere || found.length === 0 || !/\p{L}/u.test(name) ? found : [...found, { key: "new", kind: "new tag", name, color: null }];
}

function ranked<T extends Named>(named: readonly T[], sought: string): T[] {
  const rank = ({ name }: T): number => {
    const key = keyOf(name);
    return key.startsWith(sought) ? 0 : key.split(/[\s_-]+/u).some((word) => word.startsWith(sought)) ? 1 : 2;
  };
  return named
    .map((each) => ({ each, at: rank(each) }))
    .filter(({ at }) => at < 2)
    .sort((one, other) => one.at - other.at)
    .map(({ each }) => each);
}
