/** What is read in the menus of tasks. */

// In several places
export const dueDate = "Due date";
export const priority = "Priority";
export const tags = "Tags";
export const moveToList = "Move to list";

// Choices
export const some = "some";
export const make = (typed: string) => `Make “${typed}”`;

// DueWords
export const dueExample = "fri 9am, every month…";

// ListChoice
export const list = "List";
export const noSuchList = "There is no such list.";

// More
export const moveUp = "Move up";
export const moveDown = "Move down";
export const makeASubtask = "Make a subtask";
export const moveOut = "Move out a level";
export const editTitle = "Edit title";
export const select = "Select";
export const start = "Start";
export const putBackToDo = "Put back to do";
export const skipThisOne = "Skip this one";
export const duplicate = "Duplicate";
export const duplicateWithSubtasks = "Duplicate with subtasks";
export const cancel = (one: boolean) => `Cancel ${one ? "this task" : "these tasks"}`;
export const remove = "Delete";

// TagChoice
export const tag = "Tag";
export const noSuchTag = "There is no such tag.";

// TaskMenus
export const more = "More";
