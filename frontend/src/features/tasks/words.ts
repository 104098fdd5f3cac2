/** What is read in views of tasks. */
import { countInWords } from "../../ui/inWords";

// In several places
export const complete = "Complete";
export const due = "Due";
export const tags = "Tags";
export const priority = "Priority";
export const remove = "Delete";
export const dueDate = "Due date";
export const inProgress = "In progress";
export const finished = "Finished";

// Board
export const nothingHere = "Nothing here.";
export const column = (title: string) => `${title}, tasks`;

// BulkBar
export const selectedTasks = "Selected tasks";
export const selectedCount = (count: number, locale: string) => `${countInWords(count, "task", locale)} selected`;
export const move = "Move";
export const clear = "Clear";

// FindProblem
export const filterNotAsked = "This filter could not be asked.";
export const filterNotRead = "This filter cannot be read.";
export const mendItAbove = "Above, where it is written, it says what is wrong with it.";
export const whatThisFilterFinds = "what this filter finds";
export const lookingForTasks = "Looking for tasks…";

// FinishedTasks
export const finishedNotLoaded = "Finished tasks could not be loaded.";
export const tryAgain = "Try again";
export const finishedOffline = "You will see finished tasks here as soon as Taskora can be reached again.";
export const loadingFinishedTasks = "Loading finished tasks…";
export const showMoreFinishedTasks = "Show more finished tasks";

// GroupHead
export const tasksAfterIt = "tasks";
export const reschedule = "Reschedule";

// NotFound
export const noSuch = (name: string) => `There is no such ${name}.`;
export const perhapsDeleted = "It may have been deleted, here or on another device.";
export const goToToday = "Go to Today";

// OrderChoices
export const myOrder = "My order";
export const dueDateLastFirst = "Due date, last first";
export const priorityLowestFirst = "Priority, lowest first";
export const title = "Title";
export const titleFromZ = "Title, from Z";
export const newestFirst = "Newest first";
export const oldestFirst = "Oldest first";
export const lastChangedFirst = "Last changed first";
export const longestUnchangedFirst = "Longest unchanged first";
export const lastCompletedFirst = "Last completed first";
export const firstCompletedFirst = "First completed first";
export const order = "Order";
export const thenBy = "Then by";
export const andThenBy = "And then by";
export const thenByWhat = "then by…";
export const nothingMore = "nothing more";

// RowActions
export const editNamed = (title: string) => `Edit ${title}`;
export const dueDateOf = (title: string) => `Due date of ${title}`;
export const moreFor = (title: string) => `More for ${title}`;

// TaskFacts
export const notSentYet = "Not sent yet";
export const priorityAfterIt = "priority";
export const cancelled = "Cancelled";
export const parts = (parts: number) => `${parts} ${parts === 1 ? "subtask" : "subtasks"}`;
export const repeats = "Repeats";
export const hasAReminder = "Has a reminder";
export const hasNotes = "Has notes";
export const isOverdue = ", overdue";

// TaskRow
export const isSelected = ", selected";
export const subtasksOf = (title: string) => `Subtasks of ${title}`;

// TaskScreen
export const loadingTheBoard = "Loading the board…";
export const inbox = "Inbox";
export const today = "Today";
export const upcoming = "Upcoming";

// TaskView
export const notLoaded = "Your tasks could not be loaded.";
export const loading = "Loading your tasks…";
export const loadingSoFar = (loaded: number, locale: string) => `Loading your tasks: ${countInWords(loaded, "task", locale)} so far…`;

// TitleEditor
export const titleOf = (title: string) => `Title of ${title}`;

// ViewHead
export const tasks = (count: number, locale: string) => countInWords(count, "task", locale);

// ViewOptions
export const theView = "This view";
export const asBoard = "Show as a board";
export const asList = "Show as a list";
export const showFinished = "Show what is finished";
export const hideFinished = "Hide what is finished";
export const notGrouped = "Not grouped";
export const byDay = "By day";
export const byPriority = "By priority";
export const byList = "By list";
export const byTag = "By tag";
export const group = "Group";
export const board = "Board";

// dragging
export const dragged = (count: number) => `${count} tasks`;

// emptiness
export const nothingMatches = "Nothing matches.";
export const noneByFilter = "No open task here is found by this filter.";
export const yourInboxIsEmpty = "Your inbox is empty.";
export const whatInboxIsFor = "What comes to mind goes here first.";
export const nothingDueToday = "Nothing due today.";
export const enjoyTheDay = "Enjoy the day, or look at what is coming up.";
export const nothingPlanned = "Nothing planned.";
export const whatUpcomingShows = "Tasks with a date appear here, day by day.";
export const thisListIsEmpty = "This list is empty.";
export const howToFillList = "Write a task above, or drag one here.";
export const nothingHasThisTag = "Nothing has this tag.";
export const howToTag = "Tasks get their tags from their own menu, or as they are written: “call Ann @phone”.";
export const nothingMatchesNow = "Nothing matches now.";
export const whatFilterShows = "Tasks that this filter finds will appear here.";

// groups
export const noTags = "No tags";
export const noDate = "No date";
export const overdueGroup = "Overdue";

// useListKeys
export const moveInList = "Move in a list";
export const tasksGroup = "Tasks";
export const nextTask = "Next task";
export const previousTask = "Previous task";
export const down = "Down";
export const up = "Up";
export const firstTask = "First task";
export const lastTask = "Last task";
export const nextColumn = "Next column";
export const previousColumn = "Previous column";
export const selectDown = "Select down";
export const selectUp = "Select up";
export const selectAll = "Select all";
export const selectNothing = "Select nothing";
export const select = "Select";
export const open = "Open";
export const editTitle = "Edit title";
export const moveToList = "Move to list";
export const moveUp = "Move up";
export const moveDown = "Move down";
export const toTheNextColumn = "To the next column";
export const makeASubtask = "Make a subtask";
export const toThePreviousColumn = "To the previous column";
export const moveOut = "Move out a level";

// useShown
export const toDo = "To do";
export const todayIs = (long: string) => `Today · ${long}`;
