/** What is read of what was done, and of what is not sent yet. */
import { countInWords } from "../../ui/inWords";

// RefusedWrite
export const waitsWithIt = (join: string) => `Waits with it: ${join}`;
export const tryAgain = "Try again";
export const tryAgainNamed = (says: string) => `Try again: ${says}`;
export const discard = "Discard";
export const discardNamed = (says: string) => `Discard: ${says}`;
export const keepMine = "Keep mine";
export const keepMineNamed = (says: string) => `Keep mine: ${says}`;
export const takeTheirs = "Take theirs";
export const takeTheirsNamed = (says: string) => `Take theirs: ${says}`;
export const request = "Request";
export const changedElsewhere = "This was changed elsewhere in the meantime.";
export const yours = (fields: string) => `${fields}, yours`;
export const theirs = (fields: string) => `${fields}, theirs`;

// Toasts
export const undoLast = "Undo what was done last";
export const anywhere = "Anywhere";
export const doneJustNow = "Done just now";
export const undone = (says: string) => `Undone: ${says}`;
export const undo = "Undo";
export const undoNamed = (says: string) => `Undo: ${says}`;
export const open = "Open";
export const openNamed = (says: string) => `Open: ${says}`;
export const putAway = "Put away";

// Waiting
export const refusedCount = (count: number, locale: string) => `${countInWords(count, "change", locale)} refused`;
export const waitingCount = (held: number, locale: string) => `${countInWords(held, "change", locale)} waiting`;
export const allSent = "All sent";
export const notKept = "Not kept";

// WaitingDialog
export const notSentYet = "Not sent yet";
export const notKeptHere =
  "This browser does not keep anything for Taskora just now, perhaps because its disk is full. What was not sent is lost when you close this page.";
export const refused = "Refused";
export const waiting = "Waiting";
export const whenLoggedIn = "It is sent once you are logged in again.";
export const whenSent = "It is sent in this order when Taskora can be reached again, also if you close this page and come back.";
export const allSaved = "Everything you did is saved.";
export const takeBack = "Take back";
export const takeBackNamed = (says: string) => `Take back: ${says}`;
