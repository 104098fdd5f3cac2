/** What is read in the bell, and of reminders as they arrive. */
import { numberInWords } from "../../ui/inWords";

// In several places
export const notifications = "Notifications";

// Arrivals
export const reminders = "Reminders";
export const reminder = "Reminder";
export const putAway = "Put the reminder away";

// Bell
export const notificationsUnread = (unread: number, locale: string) => `Notifications, ${numberInWords(unread, locale)} unread`;

// BellPopover
export const yourNotifications = "your notifications";
export const loading = "Loading your notifications…";
export const couldNotBeLoaded = "Your notifications could not be loaded.";
export const markAllAsRead = "Mark all as read";
export const showOlderOnes = "Show older ones";
export const nothingYet = "Nothing yet. Reminders of your tasks come here, and stay until you have seen them.";
export const missed = "Missed";
export const missedWhileAway = "Missed while you were away";

// NoticedTask
export const complete = "Complete";
export const completeTitle = (title: string) => `Complete “${title}”`;

// NotificationRow
export const andMore = (unnamed: number) => `and ${unnamed} more`;
export const unread = "Unread.";
export const markAsRead = (title: string) => `Mark “${title}” as read`;

// PushOffer
export const pushRefused = "Your browser was told not to show notifications of Taskora. You can change that in its settings for this site.";
export const offerPush =
  "Be reminded when Taskora is closed, too: this browser can show your reminders, and you complete or snooze them right there. It will ask you whether it may.";
export const turnOnNotifications = "Turn on notifications";
export const didNotWork = "This did not work.";
export const pushUnreachable = "The browser could not reach its push service.";

// SnoozeMenu
export const snoozeTitle = (title: string) => `Snooze “${title}”`;
export const snooze = "Snooze";

