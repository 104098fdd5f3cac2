/** What is read in the settings of API tokens. */
import type { ReactNode } from "react";

// NewTokenForm
export const newToken = "New token";
export const createTheToken = "Create the token";
export const name = "Name";
export const whoseName = "Of the program or device it is for.";
export const itMay = "It may";
export const chooseAtLeastOne = "Choose at least one.";
export const itEnds = "It ends";
export const perhapsCreated = "It may have been created all the same. If it is in the list below, revoke it: nobody has seen it.";

// TokenRow
export const revoke = "Revoke";
export const shutsOut = (name: string) => `Whatever uses “${name}” is shut out at once.`;
export const revokeIt = "Revoke it";
export const neverUsed = "never used";
export const lastUsed = (moment: string) => `last used ${moment}`;
export const endsNever = "does not end by itself";
export const ends = (moment: string) => `ends ${moment}`;
export const made = (moment: string, used: string, ends: string) => `Made ${moment}, ${used}, ${ends}.`;

// Tokens
export const whatTokensAre = (header: ReactNode, describedHere: ReactNode) => (
  <>
    A token lets a program of yours in without your password, for what you allow it. It says so with every request: {header}. All that it can ask for is {describedHere}.
  </>
);
export const header = "Authorization: Bearer tsk_…";
export const describedHere = "described here";
export const yourToken = (name: string) => `Your token “${name}”`;
export const copyIt = "Copy it to where it is needed now: it is not shown again.";
export const token = "token";
export const yourTokens = "Your tokens";
export const thereAreNone = "There are none.";

// scopes
export const readTasks = "Read tasks";
export const whatReadTasks = "Tasks, lists, tags, filters and comments; hear of changes.";
export const changeTasks = "Change tasks";
export const whatChangeTasks = "Add, change, complete and delete them.";
export const readActivity = "Read activity";
export const whatReadActivity = "Who did what, and when.";
export const readYourProfile = "Read your profile";
export const whatReadProfile = "Name, e-mail, time zone and preferences.";
export const readWebhooks = "Read webhooks";
export const whatReadWebhooks = "Where events are sent, and what became of them.";
export const changeWebhooks = "Change webhooks";
export const whatChangeWebhooks = "Send your events to other addresses.";
export const inAWeek = "In a week";
export const in30Days = "In 30 days";
export const in90Days = "In 90 days";
export const inAYear = "In a year";
export const never = "Never";
