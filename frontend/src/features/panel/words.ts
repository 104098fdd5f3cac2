/** What is read in the panel of one task. */

// In several places
export const comment = "Comment";
export const cancel = "Cancel";
export const tryAgain = "Try again";
export const repeats = "Repeats";
export const partOf = "Part of";
export const keepMine = "Keep mine";
export const takeTheirs = "Take theirs";
export const task = "Task";
export const notSentYet = "Not sent yet";

// Absent
export const close = "Close";
export const onItsWay = "The task is on its way.";
export const notLoaded = "This task could not be loaded.";
export const notHere = "This task is not here any more";
export const whyNotHere = "It was deleted, perhaps in another window. For 30 days it can be brought back with all it had.";
export const restoreIt = "Restore it";
export const aDeletedTask = "a deleted task";
export const notRestored = "It could not be restored.";

// Actions
export const linkCopied = "The link is copied.";
export const linkNotCopied = (address: string) => `The browser did not let it be copied. It is ${address}`;
export const duplicate = "Duplicate";
export const copyLink = "Copy link";
export const deleteAllThatFollow = "Delete all that follow";
export const remove = "Delete";
export const madeAndChanged = (made: string, changed: string) => `Made ${made}. Changed ${changed}.`;

// CommentRow
export const isEdited = ", edited";
export const commentNotSentYet = " · not sent yet";
export const editComment = "Edit comment";
export const deleteComment = "Delete comment";
export const save = "Save";
export const theComment = "comment";

// Comments
export const comments = "Comments";
export const theComments = "the comments";
export const loadingComments = "Looking for comments…";
export const commentsNotLoaded = "Comments could not be loaded.";
export const newComment = "New comment";
export const writeAComment = "Write a comment";

// DueField
export const due = "Due";
export const dueExample = "fri 9am, every month…";
export const dueDate = "Due date";
export const pickADueDate = "Pick a due date";
export const clearDueDate = "Clear due date";
export const inZone = (zone: string) => `In ${zone}.`;
export const useMyOwnZone = "Use my own zone";
export const enterClearsIt = "Enter takes the date away.";

// Head
export const closeTask = "Close task";
export const openAgain = "Open again";
export const complete = "Complete";

// History
export const activity = "Activity";
export const theActivity = "the activity";
export const loading = "Looking it up…";
export const activityNotLoaded = "The activity could not be loaded.";
export const nothingWritten = "Nothing is written down about it yet.";
export const activityOfThisTask = "Activity of this task";
export const showMore = "Show more";

// HistoryEntry
export const by = (who: string) => `by ${who},`;
export const deedOn = (deed: string, title: string) => `${deed} “${title}”`;
export const undoNamed = (deed: string, when: string) => `Undo: ${deed}, ${when}`;
export const undone = "Undone";
export const undo = "Undo";
export const became = "became";

// Neighbours
export const theOneBefore = "The one before";
export const theNextOne = (value: string) => `The next one${value}`;

// NewReminder
export const addAReminder = "Add a reminder";
export const newReminder = "New reminder";
export const remindMe = "Remind me";
export const someMinutesBefore = "Some minutes before";
export const someDaysBefore = "Some days before";
export const atDateAndTime = "At a date and time";
export const minutesBefore = "Minutes before";
export const daysBefore = "Days before";
export const at = "At";
export const dateAndTime = "Date and time";
export const add = "Add";

// Notes
export const preview = "Preview";
export const edit = "Edit";
export const notes = "Notes";
export const whatElse = "What else is there to know? Markdown is fine.";
export const theNotes = "text";

// Occurrences
export const fromWhenDone = ", counted from when it is done";
export const isPaused = ". Paused: nothing follows until it is resumed.";
export const lastOne = "This is the last one.";
export const nextDates = "Next dates";
export const skipThisOne = "Skip this one";
export const resume = "Resume";
export const pause = "Pause";
export const endIt = "End it";

// ParentField
export const nothing = "Nothing";
export const partOfNothing = "Part of nothing";
export const noSuchTask = "No open task of that name.";

// PlainFields
export const toDo = "To do";
export const inProgress = "In progress";
export const done = "Done";
export const cancelled = "Cancelled";
export const status = "Status";
export const priority = "Priority";
export const list = "List";
export const anArchivedList = "An archived list";

// Refusals
export const notSaved = (says: string) => `Not saved: ${says}.`;
export const giveItUp = "Give it up";
export const changedElsewhere = "This was changed elsewhere at the same time. Which one shall it be?";
export const yours = "Yours";
export const theirs = "Theirs";

// ReminderRow
export const waitsForDueDate = "Waits for a due date";
export const remindsOfNothingNow = "Reminds of nothing now";
export const removeReminder = (words: string) => `Remove reminder: ${words}`;
export const snoozeReminder = (words: string) => `Snooze reminder: ${words}`;

// Reminders
export const reminders = "Reminders";
export const mostReminders = (most: number) => `A task has at most ${most} reminders.`;

// RepeatField
export const howItRepeats = "How it repeats";
export const doesNotRepeat = "Does not repeat";
export const changeHowItRepeats = "Change how it repeats";

// ScopeChoice
export const onlyThisOne = "Only this one";
export const allThatFollow = "This and all that follow";
export const changesAreFor = "Changes are for";

// StartField
export const start = "Start";
export const clearStartDate = "Clear start date";

// Subtask
export const openTitle = (title: string) => `Open ${title}`;
export const howToMove = "Alt+↑ and Alt+↓ move it";
export const subtaskNotSentYet = "not sent yet";

// Subtasks
export const subtasks = "Subtasks";
export const ofDone = (done: number, total: number) => `${done} of ${total} done`;

// TagsField
export const tags = "Tags";
export const removeTag = (name: string) => `Remove tag ${name}`;
export const findOrMakeTag = "Find or make a tag…";
export const addTags = "Add tags";

// TaskPanel
export const closeTheTask = "Close the task";
export const tasks = "Tasks";
export const taskTitle = (title: string) => `Task: ${title}`;

// TitleField
export const title = "Title";
export const theTitle = "title";

// TwoVersions
export const changedWhileWriting = (what: string) => `The ${what} was changed elsewhere while you were writing. There it says now:`;
export const emptied = "(nothing)";

// useNames
export const anotherList = "another list";
export const anotherTag = "another tag";
export const anotherTask = "another task";
