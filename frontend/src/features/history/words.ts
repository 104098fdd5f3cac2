/** What is read of what is past, and of what repeats. */

// In several places
export const open = "Open";
export const showMore = "Show more";
export const notSentYet = "Not sent yet";

// Activity
export const showNews = "Something was done meanwhile. Show it";
export const theActivity = "the activity";
export const lookElsewhere = "Other kinds, ways or days may have something.";
export const nothingLikeThis = "Nothing like this was done.";
export const whatIsKept = "What you and others do with your tasks is kept here, and can be undone.";
export const nothingWasDoneYet = "Nothing was done yet.";

// ActivityFilters
export const youHere = "You, on this page";
export const programs = "Programs";
export const assistants = "Assistants";
export const theChat = "The chat";
export const taskoraItself = "Taskora itself";
export const filterTheActivity = "Filter the activity";
export const what = "What";
export const everything = "Everything";
export const allOf = (name: string) => `All of ${name.toLowerCase()}`;
export const by = "By";
export const anybody = "Anybody";
export const from = "From";
export const to = "To";
export const fromTheBeginning = "Beginning";
export const untilNow = "Now";
export const clear = "Clear";

// Completed
export const completed = "Completed";
export const deleted = "Deleted";
export const completedOrDeleted = "Completed or deleted";

// Deleted
export const deletedTasks = "deleted tasks";
export const restoreFromHere = "What is deleted can be restored from here for 30 days.";
export const nothingWasDeleted = "Nothing was deleted.";
export const restorable = "Deleted tasks can be restored for 30 days, with their subtasks and comments.";
export const restoreNamed = (title: string) => `Restore ${title}`;
export const restored = "Restored";
export const restoring = "Restoring…";
export const restore = "Restore";

// EntryRow
export const became = "became";
export const undoNamed = (deed: string) => `Undo: ${deed}`;
export const undone = "Undone";
export const undo = "Undo";

// Finished
export const completedTasks = "completed tasks";
export const tickOne = "Tick a task, and it will be found here.";
export const nothingIsCompletedYet = "Nothing is completed yet.";

// Pages
export const loading = (what: string) => `Loading ${what}…`;
export const notRead = (what: string) => `Taskora could not read ${what}.`;
export const notAllRead = (what: string) => `Not all of ${what} could be read.`;

// Recurring
export const loadingRecurring = "Loading recurring tasks…";
export const recurringNotLoaded = "Recurring tasks could not be loaded.";
export const howToRepeat = "Write “every friday at 9” when you add a task, or choose “Repeats” in a task’s panel.";
export const nothingRepeatsYet = "Nothing repeats yet.";
export const goingOn = "Going on";
export const pausedOrEnded = "Paused or ended";

// SeriesRow
export const noDate = "No date";
export const next = (due: string) => `Next: ${due}`;
export const isOverdue = " – overdue";
export const lastOne = "Ended: this is the last one.";
export const repeatingOf = (title: string) => `Repeating of ${title}`;
export const skipThisOne = "Skip this one";
export const pause = "Pause";
export const resume = "Resume";
export const end = "End";
export const repeats = "Repeats";
export const ruleUnread = "Its rule could not be read.";
export const fromWhenDone = ", counted from when it is done";
export const isPaused = ". Paused: nothing follows until it is resumed.";

// Verify
export const checking = "Checking…";
export const check = "Check that it is whole";

// verdict
export const historyIsBroken = "The history is not as it was written. Nothing after it can be trusted.";
export const entryIsBroken = (entry: string, why: string) => `Entry ${entry} is not as it was written: ${why}. Nothing after it can be trusted.`;
export const nothingToCheck = "There is nothing to check yet.";
export const oneEntryIsWhole = "The one entry is as it was written.";
export const allEntriesAreWhole = (entries: string) => `All ${entries} entries are as they were written.`;
export const withoutWhatIsTooOld = (whole: string, day: string) => `${whole} What was before ${day} has been removed as too old.`;
