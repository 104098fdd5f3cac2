/** What is read where somebody takes all they have, or leaves. */
import type { ReactNode } from "react";

// DeleteAccount
export const whatItTakes = "What deleting your account takes";
export const deleteAccount = "Delete account";
export const deleteMyAccount = "Delete my account";
export const whatIsGone =
  "Your tasks, lists and everything else here are gone with it, for good. Every device is logged out, tokens and webhooks end, and your address is free for a new account.";
export const toKeepACopy = (downloadEverything: ReactNode) => <>To keep a copy, {downloadEverything} first.</>;
export const downloadEverything = "download everything";
export const givesUpUnsent = (unsent: number) =>
  `${unsent === 1 ? "One change made in this browser has" : `${unsent} changes made in this browser have`} not been sent yet, and so will be in no copy. I know, and give that up.`;
export const typeAddress = "Type your e-mail address";
export const yourAddressIs = (email: string) => `Your address is ${email}.`;

// Export
export const whatIsExported =
  "Everything that is kept of you, in one JSON file: tasks, lists, tags, filters, comments, reminders, activity, settings, and what you deleted within the last days. Passwords and tokens are not in it.";
export const keepItSafe = "Keep the file where nobody else reads it.";
export const downloadAll = "Download everything";
export const preparing = "Getting it all together…";
export const isDownloaded = "It is among your downloads.";
