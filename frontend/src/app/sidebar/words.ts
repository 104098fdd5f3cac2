/** What is read in the sidebar, and in the menus and dialogs of what stands in it. */

// In several places
export const cancel = "Cancel";
export const newOfKind = (kind: "filter" | "list" | "tag") => `New ${kind}`;

// Count
export const open = "open";

// DeleteListDialog
export const deleteName = (name: string) => `Delete ${name}?`;
export const deleteThem = "Delete them";
export const moveToInbox = "Move to the Inbox";
export const whatOfItsTasks = "There are tasks in this list. What is to become of them?";

// EntryDialog
export const editName = (name: string) => `Edit ${name}`;
export const add = "Add";
export const save = "Save";
export const name = "Name";
export const looksFor = "Looks for";
export const forExample = "For example: (today | overdue) & #Home";

// EntryMenu
export const edit = "Edit…";
export const merge = "Merge…";
export const removeOrAsk = (asks: boolean) => `Delete${asks ? "…" : ""}`;
export const moveUp = "Move up";
export const moveDown = "Move down";
export const unarchive = "Take out of the archive";
export const archive = "Archive";

// EntryRow
export const moreFor = (name: string) => `More for ${name}`;

// Groups
export const lists = "Lists";
export const tags = "Tags";
export const filters = "Filters";
export const hideTheArchive = "Hide the archive";
export const archived = (count: number) => `Archived: ${count}`;

// MergeTagDialog
export const mergeName = (name: string) => `Merge ${name}`;
export const mergeThem = "Merge";
export const tagInstead = "Its tasks get this tag instead";

// Sidebar
export const views = "Views";
