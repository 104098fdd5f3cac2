/** What is read in the calendar. */
import { countInWords } from "../../ui/inWords";

// In several places
export const nothingOnThisDay = "Nothing on this day.";
export const nextMonth = "Next month";
export const previousMonth = "Previous month";
export const closeTheDay = "Close the day";
export const overdue = ", overdue";

// Agenda
export const nothingMoreIn = (month: string) => `Nothing more is due in ${month}.`;
export const addTaskOnDay = (name: string) => `Add a task on ${name}`;

// Calendar
export const calendar = "Calendar";
export const thisMonth = "This month";
export const addTaskOnThisDay = "Add a task on this day";
export const finishedUnread = "What was finished could not be read.";
export const couldNotBeFilled = "The calendar could not be filled.";
export const loadingTheCalendar = "Loading the calendar…";

// CalendarHead
export const today = "Today";
export const finishedTasks = "Finished tasks";
export const weekNumbers = "Week numbers";

// DayList
export const willComeAgainItself = "Will come again";
export const addTask = "Add a task";

// DayRow
export const open = "Open";
export const notSentYet = "Not sent yet";
export const putOn = (title: string, day: string) => `Put “${title}” on ${day}`;

// Month
export const more = (hidden: number) => `+${hidden} more`;
export const addTaskOn = (day: string) => `Add a task on ${day}`;

// TaskChip
export const done = ", done";
export const titleWillComeAgain = (title: string) => `${title} will come again`;

// Tray
export const toBeScheduled = "To be scheduled";
export const overdueOnes = "Overdue";
export const noDate = "No date";
export const everythingHasItsDay = "Everything has its day.";
export const showMore = "Show more";

// useDays
export const tasks = (count: number, locale: string) => countInWords(count, "task", locale);
export const finished = (count: number, locale: string) => `${countInWords(count, "task", locale)} finished`;
export const toCome = (count: number, locale: string) => `${countInWords(count, "task", locale)} to come`;

// useReschedule
export const moved = (title: string, day: string) => `Moved “${title}” to ${day}`;
