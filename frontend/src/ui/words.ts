/** What is read on parts that have never heard of a task. */

// In several places
export const noColour = "No colour";
export const noDate = "No date";
export const request = "Request";
export const editAsText = "Edit as text";

// CodeField
export const code = "Code";
export const fromYourAuthenticator = "From your authenticator, or one of your recovery codes.";

// ColorPicker
export const colour = "Colour";

// dateInWords
export const calendarWorks = (trouble: string) => `${trouble} The calendar works all the same.`;
export const noDateUnderstood = "No date was understood. Try “fri 9am” or “27 Nov”.";
export const repeatsFrom = (isOnce: boolean, local: string) => `${isOnce ? "" : "Repeats from "}${local}`;
export const enterSavesIt = (when: string) => `${when}. Enter saves it.`;
export const partlyUnderstood = (when: string, rest: string) => `${when}, but “${rest}” was not understood.`;

// DatePicker
export const timeAlone = (day: string) => `With a time alone it is for ${day}.`;
export const time = "Time";
export const noTime = "No time";

// Dialog
export const close = "Close";

// Failed
export const tryAgain = "Try again";

// MonthGrid
export const week = "Week";
export const dayCell = (day: string, isToday: boolean, more: string) => `${day}${isToday ? ", today" : ""}${more}`;

// MonthTurner
export const previousMonth = "Previous month";
export const nextMonth = "Next month";

// Notices
export const dismiss = "Dismiss";

// OutOfReach
export const thisNeedsAConnection = "This needs a connection.";
export const offline = (what: string) => `You will see ${what} here as soon as Taskora can be reached again.`;

// Picker
export const typeToFind = "Type to find…";
export const nothingOfThatName = "Nothing of that name.";
export const make = (label: string) => `Make “${label}”`;

// RepeatEnd
export const ends = "Ends";
export const never = "never";
export const onADate = "on a date";
export const afterSomeTimes = "after some times";
export const lastDay = "Last day";
export const howManyTimes = "How many times";
export const times = "times";

// RepeatPicker
export const repeat = "Repeat";
export const theNextOneComes = "The next one comes";
export const byItsDates = "by its dates";
export const fromWhenDone = "counted from when it is done";
export const ifSomeWereMissed = "If some were missed";
export const goOnInTime = "go on with the next in time";
export const eachOfThem = "each still wants to be done";
export const save = "Save";
export const cancel = "Cancel";
export const repeatNoMore = "Repeat no more";
export const chooseADay = "Choose at least one day.";
export const writeARule = "Write a rule.";

// RepeatPlace
export const day = (place: number) => `Day ${place}`;
export const last = "Last";
export const theLastDay = "The last day";
export const onDates = "On dates";
export const onTheseDates = "On these dates";
export const onAWeekday = "On a weekday";
export const the = "the";
export const whichOne = "Which one";
export const weekday = "Weekday";
export const workday = "workday";
export const inMonths = "In";
export const month = "Month";

// RepeatPreview
export const thisCannotBeShown = "This cannot be shown.";
export const countedFromThen = ", counted from when it is done";
export const nextDates = "Next dates";

// RepeatText
export const ruleIsMore = "This rule is more than the controls here can show. Its words are below.";
export const rule = "Rule";
export const ruleExample = "As calendars write it: FREQ=MONTHLY;BYDAY=-1FR";
export const useTheControls = "Use the controls";

// RepeatUnit
export const every = "Every";
export const howMany = "How many";
export const unit = "Unit";
export const onTheseDays = "On these days";

// RepeatUsual
export const usualOnes = "Usual ones";
export const everyDay = "Every day";
export const everyWorkday = "Every workday";
export const everyWeekday = (weekday: string) => `Every ${weekday}`;
export const monthlyOnDay = (date: number) => `Monthly on day ${date}`;
export const yearlyOn = (date: string) => `Yearly on ${date}`;

// ShowMore
export const loadingMore = "Loading more…";
export const more = "more";

// SnoozeMenu
export const choose = "Choose…";
export const snooze = "Snooze";

// palette
export const clay = "Clay";
export const amber = "Amber";
export const moss = "Moss";
export const fern = "Fern";
export const lagoon = "Lagoon";
export const sky = "Sky";
export const iris = "Iris";
export const plum = "Plum";
export const rose = "Rose";
export const stone = "Stone";

// quickDays
export const today = "Today";
export const tomorrow = "Tomorrow";
export const yesterday = "Yesterday";
export const aWeekAgo = "A week ago";
export const aMonthAgo = "A month ago";
export const nextWeekend = "Next weekend";
export const weekend = "Weekend";
export const nextWeek = "Next week";

// suggesting
export const oneSuggestion = "One suggestion";
export const suggestions = (count: number) => `${count} suggestions`;
export const chooseByArrows = (count: string) => `${count}; choose with the arrow keys.`;
