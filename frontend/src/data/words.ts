/** What is said of what was done, and of what went wrong with it. */

export const quoted = (text: string) => `“${text}”`;
export const tasks = (count: number) => (count === 1 ? "1 task" : `${count} tasks`);
export const aTask = "a task";
export const theList = (name: string) => `the list ${name}`;
export const theTag = (name: string) => `the tag ${name}`;
export const theFilter = (name: string) => `the filter ${name}`;
export const pausedRepeating = (what: string) => `Paused the repeating of ${what}`;
export const resumedRepeating = (what: string) => `Resumed the repeating of ${what}`;
export const endedRepeating = (what: string) => `Ended the repeating of ${what}`;

// In several places
export const added = (what: string) => `Added ${what}`;
export const changed = (what: string) => `Changed ${what}`;
export const moved = (what: string) => `Moved ${what}`;
export const deleted = (what: string) => `Deleted ${what}`;
export const undone = (says: string) => `Undone: ${says}`;

// commentActs
export const commentedOn = (what: string) => `Commented on ${what}`;
export const changedComment = "Changed a comment";
export const deletedComment = "Deleted a comment";

// names
export const urgent = "Urgent";
export const high = "High";
export const medium = "Medium";
export const low = "Low";
export const none = "None";
export const noPriority = "No priority";
export const withPriority = (priorityName: string) => `${priorityName} priority`;
export const anotherList = "Another list";
export const inbox = "Inbox";

// noticeActs
export const markedAsRead = (what: string) => `Marked ${what} as read`;
export const allNotifications = "all notifications";

// organizeActs
export const merged = (tag: string, other: string) => `Merged ${tag} into ${other}`;

// reminderActs
export const snoozed = (what: string) => `Snoozed ${what}`;

// sending
export const changedElsewhere = "It was changed elsewhere meanwhile.";
export const toldOfNothing = "Taskora has told of nothing that was done by it. If something was, undo it from the activity.";

// stateActs
export const completed = (what: string) => `Completed ${what}`;
export const cancelled = (what: string) => `Cancelled ${what}`;
export const reopened = (what: string) => `Reopened ${what}`;
export const skipped = (what: string) => `Skipped ${what}`;

// taskActs
export const deletedWithAllThatFollow = (what: string) => `Deleted ${what} and all that would follow`;
export const restored = (what: string) => `Restored ${what}`;
export const duplicated = (what: string) => `Duplicated ${what}`;

// understood
export const task = "Task";
