import type { Scope } from "../types";

/** What a program may do with a token, in the order in which people think of it. */
export const scopes: readonly { scope: Scope; name: string; explanation: string }[] = [
  { scope: "tasks:read", name: "Read tasks", explanation: "Tasks, lists, tags, filters and comments; hear of changes." },
  { scope: "tasks:write", name: "Change tasks", explanation: "Add, change, complete and delete them." },
  { scope: "activity:read", name: "Read activity", explanation: "Who did what, and when." },
  { scope: "profile:read", name: "Read your profile", explanation: "Name, e-mail, time zone and preferences." },
  { scope: "webhooks:read", name: "Read webhooks", explanation: "Where events are sent, and what became of them." },
  { scope: "webhooks:write", name: "Change webhooks", explanation: "Send your events to other addresses." },
];

export const scopesInWords = (given: readonly Scope[]): string =>
  scopes
    .filter(({ scope }) => given.includes(scope))
    .map(({ name }) => name)
    .join(", ");

/** Days until a token ends by itself; null: never. */
export const lives: readonly { days: number | null; name: string }[] = [
  { days: 7, name: "In a week" },
  { days: 30, name: "In 30 days" },
  { days: 90, name: "In 90 days" },
  { days: 365, name: "In a year" },
  { days: null, name: "Never" },
];
