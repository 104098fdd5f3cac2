/** What is read in the settings of time and language. */

// Preview
export const now = "Now";
export const numbers = "Numbers";
export const week = "Week";
export const preview = "Preview";

// TimeAndLanguage
export const timeAndLanguage = "Time and language";
export const save = "Save";
export const saved = "Saved.";
export const thisDeviceIsIn = (zone: string) => `This device is in ${zone}.`;
export const useThat = "Use that";
export const localeOf = "Dates and numbers as in";
export const theWeekBeginsOn = "The week begins on";
export const whatBecomesOfTimes = (zone: string, to: string) =>
  `Tasks with a time but no zone of their own go along: what is due at 09:00 in ${zone} is due at 09:00 in ${to}, and so are its reminders. Those whose time has passed there are told at once. Tasks with a zone of their own stay where they are.`;

// ZonePicker
export const timeZone = "Time zone";
export const zoneNow = (value: string, offsetOf: string) => `${value}, ${offsetOf} now. Type a city to find another.`;
export const noSuchZone = "No zone is called that.";
export const timeZones = "Time zones";
