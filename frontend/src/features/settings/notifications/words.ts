/** What is read in the settings of notifications. */

// In several places
export const dailyDigest = "Daily digest";
export const overdueDigest = "Overdue digest";

// Channels
export const reminders = "Reminders";
export const whenReminded = "At the moment you set.";
export const whenDaily = "What the day holds.";
export const whenOverdue = "What is left over.";
export const webhooks = "Webhooks";
export const whenWebhook = "When one is switched off because nothing gets there.";
export const push = "Push";
export const email = "E-mail";
export const tellMeBy = "Besides the bell on this page, tell me by";
export const kindByWay = (name: string, way: string) => `${name} by ${way.toLowerCase()}`;

// DefaultReminders
export const remindedUnless = "Unless a task says otherwise, I am reminded of it";
export const withTime = "If it has a time";
export const withDayAlone = "If it has a day alone";
export const at = "At";

// Notifications
export const pushToThisBrowser = "Push to this browser";
export const whatAndWhen = "What and when";
export const yourPreferences = "Your preferences";

// PreferencesForm
export const notifications = "Notifications";
export const save = "Save";
export const saved = "Saved.";
export const whatDaily = "In the morning, what is due today.";
export const dailyDigestAt = "Daily digest at";
export const whatOverdue = "Once a day, what should have been done and is not.";
export const overdueDigestAt = "Overdue digest at";
export const changedElsewhere = "These were changed somewhere else meanwhile. Above is how they are now; what you chose was not saved.";
export const showMineAgain = "Show mine again";

// PushHere
export const cannotPush =
  "This browser cannot be told anything while the page is closed. On an iPhone or iPad, add Taskora to the home screen first.";
export const noPushHere = "This Taskora pushes nothing: whoever runs it has not set that up. Mail works all the same.";
export const pushDenied =
  "You told this browser that Taskora may not notify you. Allow it in the browser's settings for this site, and come back.";
export const pushOff =
  "Off here. Turned on, reminders come also while no Taskora is open. The browser asks you once whether it may, and it lasts until you log out.";
export const pushOn = "On here: you are told also while no Taskora is open.";
export const whetherTold = "Whether this browser is told";
export const turnPushOn = "Turn on push here";
export const turnPushOff = "Turn off push here";
export const pushUnreachable = "This browser did not get through to its push service. Try again later, or in another browser.";

// PushedBrowsers
export const toldBrowsers = "The browsers that are told";
export const toldBrowsersTitle = "Browsers that are told";
export const reachedThrough = (host: string) => `Reached through ${host}`;
export const thisOne = "this one";
export const since = (since: string) => `Since ${since}`;
export const remove = "Remove";
export const removeBrowserOf = (since: string) => `Remove the browser of ${since}`;

// QuietHours
export const quietHours = "Quiet hours";
export const howQuiet = "Nothing is pushed or mailed in them; it comes when they end. The bell on this page knows of it at once.";
export const quietFrom = "Quiet from";
export const quietUntil = "Quiet until";
