/** What is read while a task is added. */

// In several places
export const repeats = "Repeats";
export const aList = "List";
export const aTag = "Tag";
export const priority = "Priority";
export const reminder = "Reminder";

// Meaning
export const due = "Due";
export const isNew = (name: string) => `${name} (new)`;

// NameSuggestions
export const list = "list";
export const tag = "tag";
export const makesANewTag = "makes a new tag";
export const listsAndTags = "Lists and tags";

// QuickAdd
export const quickAdd = "Quick add";
export const add = "add";
export const addAndOpen = "add and open";
export const close = "close";

// QuickAddForm
export const addTask = "Add a task";
export const newTask = "New task";
export const addASubtask = "Add a subtask";
export const newSubtask = "New subtask";
export const example = "Call Ann fri 9am #Home";
export const addIt = "Add";
export const addedTasks = (count: number) => `Added ${count} tasks`;

// Refused
export const wasNotAdded = (text: string, why: string) => `“${text}” was not added: ${why}`;
export const bringBack = "Bring it back and change it";
export const bringBackAfter = "Bring it back, after this one";

// SeveralLines
export const severalLines = "Several lines were pasted";
export const tooManyLines = (count: number, most: number) =>
  `These are ${count} lines; at most ${most} can be added at once. Paste them in parts.`;
export const pastedLines = (count: number) => `You pasted ${count} lines. Each can become a task.`;
export const addTasks = (count: number) => `Add ${count} tasks`;
export const makeThemOneLine = "Make them one line";
export const leaveThem = "Leave them";

// Tokens
export const understoodInTheText = "Understood in the text";
export const isText = (text: string) => `“${text}” is text. Read it again`;
export const keepKindAsText = (kind: string, text: string) => `${kind}: “${text}”. Keep it as text`;
export const readItAgain = "Read it again";
export const keepAsText = "Keep it as text";
export const text = "Text";

// Unread
export const offline = "You are offline. Add it as it is: dates, lists and tags are read when it is sent, and mean what they mean now.";
export const cannotBeRead = (why: string) => `It cannot be read right now: ${why} You can add it as it is.`;

// fault
export const tooLong = (most: number) => `This is longer than ${most} signs. Shorten it here, and put the rest into the notes of the task.`;
export const tooManyLists = (lists: string) => `A task is in one list, and this names ${lists}. Take one of them out, or keep it as text.`;
export const noTitle = "There is no title in this yet: say what there is to do.";

// looks
export const date = "Date";
export const time = "Time";
export const leftOut = "Left out";

// inWords
export const added = (title: string, list: string | null, when: string | null) =>
  `Added${list === null ? "" : ` to ${list}`}${when === null ? "" : ` (${when})`}: “${title}”`;
