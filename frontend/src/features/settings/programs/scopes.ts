import type { Scope } from "../types";
import * as say from "./words";

/** What a program may do with a token, in the order in which people think of it. */
export const scopes: readonly { scope: Scope; name: string; explanation: string }[] = [
  { scope: "tasks:read", name: say.readTasks, explanation: say.whatReadTasks },
  { scope: "tasks:write", name: say.changeTasks, explanation: say.whatChangeTasks },
  { scope: "activity:read", name: say.readActivity, explanation: say.whatReadActivity },
  { scope: "profile:read", name: say.readYourProfile, explanation: say.whatReadProfile },
  { scope: "webhooks:read", name: say.readWebhooks, explanation: say.whatReadWebhooks },
  { scope: "webhooks:write", name: say.changeWebhooks, explanation: say.whatChangeWebhooks },
];

export const scopesInWords = (given: readonly Scope[]): string =>
  scopes
    .filter(({ scope }) => given.includes(scope))
    .map(({ name }) => name)
    .join(", ");

/** Days until a token ends by itself; null: never. */
export const lives: readonly { days: number | null; name: string }[] = [
  { days: 7, name: say.inAWeek },
  { days: 30, name: say.in30Days },
  { days: 90, name: say.in90Days },
  { days: 365, name: say.inAYear },
  { days: null, name: say.never },
];
