import type { List, Tag, Task } from "../../api/types";
import { keyOf } from "./naming";
import type { Parsed } from "./reading";

/** Where somebody is when they add a task: what they do not say is so. */
export interface Place {
  list?: string;
  tag?: string;
  /** YYYY-MM-DD */
  day?: string;
  parent?: string;
}

export type Given = Partial<Pick<Task, "list" | "tags" | "due" | "parent">>;

/** What is sent beside the text; the server takes of it what the text does not say. */
export function given({ list, tag, day, parent }: Place): Given {
  return {
    ...(list === undefined ? {} : { list }),
    ...(tag === undefined ? {} : { tags: [tag] }),
    ...(day === undefined ? {} : { due: day }),
    ...(parent === undefined ? {} : { parent }),
  };
}

interface Names {
  lists: readonly Pick<List, "id" | "name">[];
  tags: readonly Pick<Tag, "id" | "name">[];
}

export interface Meant {
  title: string;
  due: string | null;
  priority: Task["priority"];
  /** null: the Inbox, or where its parent is. */
  list: string | null;
  tags: string[];
  parent: string | null;
  /** Names of tags that are made with it. */
  newTags: string[];
  /** Lists that are named though a task is in one. */
  tooManyLists: string[];
}

/** What a text comes to in its place, by the rules that the server adds by. */
export function meant(parsed: Parsed, place: Place, { lists, tags }: Names): Meant {
  const byKey = (among: Names["lists"], name: string) => among.find((each) => keyOf(each.name) === keyOf(name));
  const named = new Map(parsed.hash.map((name) => [keyOf(name), byKey(lists, name)]));
  const inLists = [...new Set([...named.values()].filter((list) => list !== undefined))];
  const marked = [...parsed.hash.filter((name) => named.get(keyOf(name)) === undefined), ...parsed.tags];
  const unheardOf = marked.filter((name) => byKey(tags, name) === undefined);
  const held = marked.flatMap((name) => byKey(tags, name)?.id ?? []);
  return {
    title: parsed.title,
    due: parsed.due_date === null ? (place.day ?? null) : dueOf(parsed.due_date, parsed.due_time),
    priority: parsed.priority ?? "none",
    list: inLists[0]?.id ?? place.list ?? null,
    tags: [...new Set([...(place.tag === undefined ? [] : [place.tag]), ...held])],
    parent: place.parent ?? null,
    newTags: [...new Map(unheardOf.map((name) => [keyOf(name), name])).values()],
    tooManyLists: inLists.length > 1 ? inLists.map(({ name }) => name) : [],
  };
}

const dueOf = (day: string, time: string | null): string => (time === null ? day : `${day}T${time}:00`);
