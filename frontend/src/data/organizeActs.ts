/** Lists, tags and saved filters: making, changing, ordering and deleting them. */
import { newId } from "../api/newId";
import type { Filter, List, Tag } from "../api/types";
import type { Do } from "./acts";
import { drop, guardOf, put, quoted, set } from "./deeds";
import { manually } from "./order";
import { keysAmong } from "./places";
import { lastPlace } from "./plain";
import type { Effect, Known, Write } from "./shapes";
import { inbox } from "./taskActs";
import * as say from "./words";

type Placed = "list" | "filter";
const paths = { list: "/api/lists", tag: "/api/tags", filter: "/api/filters" } as const;
const called = { list: say.theList, tag: say.theTag, filter: say.theFilter };

export const organizeActs = (act: Do, known: Known) => {
  const nameOf = (kind: keyof typeof paths, id: string) => called[kind](quoted(known[kind].get(id)?.name ?? ""));

  const add = (kind: keyof typeof paths, fields: { name: string }, more: object): Write => {
    const now = new Date();
    const instants = { created_at: now.toISOString(), updated_at: now.toISOString(), version: 0 };
    const made = { id: newId(), color: null, ...more, ...fields };
    const body = { id: made.id, ...fields };
    const shows = [put(kind, { ...made, ...instants })];
    return act({ says: say.added(called[kind](quoted(fields.name))), kind, request: { method: "post", path: paths[kind], body }, shows, guard: null });
  };

  const change = (kind: keyof typeof paths, id: string, patch: object): Write => {
    const before = known[kind].get(id);
    const request = { method: "patch" as const, path: `${paths[kind]}/${id}`, body: patch };
    const guard = before === undefined ? null : guardOf(kind, before, patch);
    return act({ says: say.changed(nameOf(kind, id)), kind, request, shows: [set(kind, id, patch)], guard });
  };

  const move = (kind: Placed, id: string, place: { before: string } | { after: string }): Write => {
    const others = [...known[kind].values()].filter((other) => other.id !== id);
    const [position] = keysAmong(others.sort(manually), place, 1);
    const request = { method: "post" as const, path: `${paths[kind]}/${id}/move`, body: place };
    const shows = position === undefined ? [] : [set(kind, id, { position })];
    return act({ says: say.moved(nameOf(kind, id)), kind, request, shows, guard: null });
  };

  const remove = (kind: keyof typeof paths, id: string, also: readonly Effect[], query?: Record<string, string>): Write => {
    const request = { method: "delete" as const, path: `${paths[kind]}/${id}`, ...(query === undefined ? {} : { query }) };
    return act({ says: say.deleted(nameOf(kind, id)), kind, request, shows: [drop(kind, id), ...also], guard: null });
  };

  const tagged = (tag: string) => [...known.task.values()].filter(({ tags }) => tags.includes(tag));
  const without = (tag: string, instead: readonly string[] = []) =>
    tagged(tag).map((task) => set("task", task.id, { tags: [...new Set([...task.tags.filter((other) => other !== tag), ...instead])] }));

  return {
    addList: (fields: { name: string; color?: string | null }) => add("list", fields, { position: lastPlace(new Date()), archived: false, inbox: false }),
    changeList: (id: string, patch: Partial<Pick<List, "name" | "color" | "archived">>) => change("list", id, patch),
    moveList: (id: string, place: { before: string } | { after: string }) => move("list", id, place),
    /** Its tasks go to the Inbox, or are deleted with it. */
    removeList(id: string, tasks: "move_to_inbox" | "delete"): Write {
      const inside = [...known.task.values()].filter(({ list }) => list === id);
      const also = inside.map((task) => (tasks === "delete" ? drop("task", task.id) : set("task", task.id, { list: inbox(known) })));
      return remove("list", id, also, { tasks });
    },

    addTag: (fields: { name: string; color?: string | null }) => add("tag", fields, {}),
    changeTag: (id: string, patch: Partial<Pick<Tag, "name" | "color">>) => change("tag", id, patch),
    removeTag: (id: string) => remove("tag", id, without(id)),
    mergeTag(id: string, into: string): Write {
      const request = { method: "post" as const, path: `/api/tags/${id}/merge`, body: { into } };
      return act({ says: say.merged(nameOf("tag", id), nameOf("tag", into)), kind: "tag", request, shows: [drop("tag", id), ...without(id, [into])], guard: null });
    },

    addFilter: (fields: { name: string; query: string; color?: string | null }) => add("filter", fields, { position: lastPlace(new Date()) }),
    changeFilter: (id: string, patch: Partial<Pick<Filter, "name" | "query" | "color">>) => change("filter", id, patch),
    moveFilter: (id: string, place: { before: string } | { after: string }) => move("filter", id, place),
    removeFilter: (id: string) => remove("filter", id, []),
  };
};
