/** What is read in the palette, and on the sheet of keys. */

// KeySheet
export const keys = "Keys";
export const or = "or";

// Palette
export const goToAnything = "Go to anything, do anything";
export const command = "Command, list, tag, filter or task";
export const whereTo = "Where to? What next?";
export const close = "Close";
export const found = "Found";

// useEntries
export const addTask = (text: string) => `Add task “${text}”`;
export const list = "List";
export const tag = "Tag";
export const filter = "Filter";
export const task = "Task";
