/** What is read while searching and filtering. */
import { countInWords } from "../../ui/inWords";

// In several places
export const find = "Find";
export const filter = "Filter";
export const editFilter = "Edit filter";
export const saveAsFilter = "Save as filter";

// Completions
export const completions = "How the filter can go on";

// FaultNote
export const useInstead = (instead: string) => `Use “${instead}”`;

// FilterBar
export const filterThisView = "Filter this view";
export const thisView = "this view";

// FilterField
export const example = "today & #Work & !@waiting";
export const saveChanges = "Save changes";
export const offline = "You are offline; the filter is read when the connection is back.";

// Places
export const places = "Lists, tags and filters";

// Recent
export const findAnythingYouWrote = "Find anything you wrote";
export const howToSearch =
  "Type some words, or how they begin. Titles, notes, tags and comments are searched, and small mistakes are forgiven.";
export const searchedLately = "Searched lately";
export const forgetThese = "Forget these";

// Result
export const title = "Title";
export const notes = "Notes";
export const tag = "Tag";
export const comment = "Comment";
export const inProgress = "In progress";
export const done = "Done";
export const cancelled = "Cancelled";

// Results
export const found = "Found";
export const didNotWork = "The search did not work.";
export const searching = "Searching…";
export const nothingFound = (words: string) => `Nothing found for “${words}”`;
export const fewerWords = "Try fewer words, or only how they begin.";
export const fewerWordsOrFinished = "Try fewer words, or look among the finished tasks, too.";
export const foundTasks = (count: number, locale: string, hasMore: boolean) =>
  `${countInWords(count, "task", locale)}${hasMore ? ", and more" : ""}`;
export const tooMany = ". There is more than could be put in order: add a word to find the best.";
export const showMore = "Show more";
export const onlyThisDevice =
  "Taskora cannot be reached. These are the tasks on this device with such titles; notes, comments and older tasks are not searched.";
export const tryAgain = "Try again";
export const nothingHere = (text: string) => `Nothing on this device for “${text}”`;

// SavedFilter
export const itNeedsAName = "It needs a name.";
export const deleteFilter = "Delete filter";
export const cancel = "Cancel";
export const save = "Save";
export const name = "Name";
export const itShows = "It shows";

// Search
export const search = "Search";
export const searchTasks = "Search tasks";
export const wordsToLookFor = "Words to look for";
export const finishedToo = "Finished tasks, too";

// check
export const expectedElse = (column: number, found: string, expected: string) => `Column ${column}: found ${found}, expected ${expected}.`;

// completion
export const nextSeven = "due in the next seven, with today";
export const isOverdue = "open, and was due before now";
export const urgent = "urgent";
export const high = "high";
export const medium = "medium";
export const low = "low";
export const inTitleOrNotes = "words of the title or the notes";
export const and = "and";
export const or = "or";
export const andClose = "and close";
export const inAList = "in a list";
export const withATag = "with a tag";
