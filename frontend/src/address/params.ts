/** What stands behind the question mark. All of it is optional; what does not belong there is dropped. */

export interface Params {
  /** The task whose panel is open. */
  readonly task?: string;
  /** Selected tasks. */
  readonly sel?: readonly string[];
  /** Search text, or the filter language on any view of tasks. */
  readonly q?: string;
  /** By what it is ordered, and then by what: "-priority,due". */
  readonly sort?: string;
  readonly layout?: "board";
  readonly group?: string;
  /** Finished tasks are shown, too. */
  readonly done?: true;
  /** A day of the calendar. */
  readonly day?: string;
  /** Of the activity: an event's type or all of a kind ("task.*"), by which way it came, and between which days. */
  readonly kind?: string;
  readonly via?: (typeof ways)[number];
  readonly from?: string;
  readonly to?: string;
  /** Another part of the same view. */
  readonly tab?: string;
  /** What became of signing in somewhere else; said once. */
  readonly "sign-in"?: string;
}

/** What is to be different; null takes it away. */
export type ParamChange = { readonly [Name in keyof Params]?: Params[Name] | null };

const ways = ["web", "api", "chat", "mcp", "system"] as const;

/** A day that a calendar has: there is no 31 February. */
function day(text: string): string | undefined {
  const at = Date.parse(`${text}T12:00:00Z`);
  return !Number.isNaN(at) && new Date(at).toISOString().slice(0, 10) === text ? text : undefined;
}

const word = /^-?[a-z_]+$/;

/** How each is read; undefined is not a value of it. */
const readers: { readonly [Name in keyof Params]-?: (text: string) => Params[Name] | undefined } = {
  task: (text) => text,
  sel: (text) => text.split(",").filter((id) => id !== ""),
  q: (text) => text,
  sort: (text) => (text.split(",").every((key) => word.test(key)) ? text : undefined),
  layout: (text) => (text === "board" ? text : undefined),
  group: (text) => (word.test(text) ? text : undefined),
  done: (text) => (text === "1" ? true : undefined),
  day,
  kind: (text) => (/^[a-z_]+\.([a-z_]+|\*)$/.test(text) ? text : undefined),
  via: (text) => ways.find((way) => way === text),
  from: day,
  to: day,
  tab: (text) => (word.test(text) ? text : undefined),
  "sign-in": (text) => text,
};

const names = Object.keys(readers) as (keyof Params)[];

export function paramsOf(search: string): Params {
  const given = new URLSearchParams(search);
  const entries = names.flatMap((name) => {
    const text = given.get(name);
    const value = text === null || text === "" ? undefined : readers[name](text);
    return value === undefined || (Array.isArray(value) && value.length === 0) ? [] : [[name, value]];
  });
  return Object.fromEntries(entries) as Params;
}

/** With its question mark, or empty. */
export function searchOf(params: ParamChange): string {
  const parts = names.flatMap((name) => {
    const text = written(params[name]);
    return text === "" ? [] : [`${name}=${text}`];
  });
  return parts.length === 0 ? "" : `?${parts.join("&")}`;
}

/** Commas and colons are easier to read as they are, and stand for nothing else here. */
function written(value: ParamChange[keyof Params]): string {
  if (value === undefined || value === null) return "";
  if (value === true) return "1";
  if (typeof value === "object") return value.map(written).join(",");
  return encodeURIComponent(value).replaceAll("%3A", ":").replaceAll("%2C", ",");
}

export const changed = (params: Params, change: ParamChange): Params =>
  Object.fromEntries(Object.entries({ ...params, ...change }).filter(([, value]) => value !== null));
