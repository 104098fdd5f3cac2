/** What is read around the settings. */
import type { ReactNode } from "react";

// About
export const allByKeyboard = "Everything here can be done from the keyboard.";
export const showTheKeys = "Show the keys";
export const programsMay = (description: ReactNode) => <>Programs may do all that this page does: {description}.</>;
export const describedHere = "the API, described";

// AskTwice
export const keep = "Keep";

// ConnectionNeeded
export const offline = "You are offline. Settings can be changed again when the connection is back.";

// Loaded
export const couldNotBeLoaded = (what: string) => `${what} could not be loaded.`;
export const loading = "Loading…";

// Settings
export const allSettings = "All settings";
export const noSuchSettings = "There are no settings of that name.";
export const opening = "Opening…";

// SettingsNav
export const settings = "Settings";

// ShownOnce
export const iHaveIt = "I have it";
export const copied = "Copied.";
export const notCopied = "This browser does not let the page copy. The text is selected: copy it with Ctrl-C.";
export const copyThe = (name: string) => `Copy the ${name}`;

// sections
export const you = "You";
export const profile = "Profile";
export const timeAndLanguage = "Time and language";
export const appearance = "Appearance";
export const notifications = "Notifications";
export const loggingIn = "Logging in";
export const password = "Password";
export const twoStepLogin = "Two-step login";
export const signInProvider = "Sign-in provider";
export const devices = "Devices";
export const programs = "Programs";
export const apiTokens = "API tokens";
export const webhooks = "Webhooks";
export const yourData = "Your data";
export const exporting = "Export";
export const deleteAccount = "Delete account";
export const about = "About";
