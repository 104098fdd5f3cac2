/** Reminders, and what became of them, in words. */
import { timeInWords } from "../../ui/words";
import type { Reminder } from "../../api/types";
import type { Firing } from "./shapes";
import { instantInWords, lengthInWords, localInWords, type Reader } from "./when";

const counted = (count: number, what: string) => `${count} ${what}${count === 1 ? "" : "s"}`;

export function reminderInWords(reminder: Reminder, reader: Reader): string {
  switch (reminder.kind) {
    case "before":
      return minutesInWords(reminder.minutes);
    case "days_before":
      return `${daysInWords(reminder.days)}, ${reminder.at === null ? "at its time" : timeInWords(reminder.at, reader.locale)}`;
    case "absolute":
      return localInWords(reminder.at, reader);
    case "snooze":
      return `Again ${instantInWords(reminder.at, reader)}`;
  }
}

function minutesInWords(minutes: number): string {
  if (minutes === 0) return "When it is due";
  const [hours, rest] = [Math.floor(Math.abs(minutes) / 60), Math.abs(minutes) % 60];
  const length = [hours > 0 ? counted(hours, "hour") : "", rest > 0 ? counted(rest, "minute") : ""].filter((part) => part !== "").join(" ");
  return `${length} ${minutes > 0 ? "before" : "after"}`;
}

function daysInWords(days: number): string {
  if (days === 0) return "On the day";
  return `${counted(Math.abs(days), "day")} ${days > 0 ? "before" : "after"}`;
}

const ends: Record<Exclude<Firing["state"], "pending" | "fired">, string> = {
  expired: "Too late to be sent; it stands in your notifications",
  cancelled: "Not needed any more",
  superseded: "Moved to another time",
};

/** "Fired Today, 09:00, on time". */
export function firingInWords(firing: Firing, reader: Reader): string {
  if (firing.state === "pending") return `Fires ${instantInWords(firing.fire_at, reader)}`;
  if (firing.state !== "fired") return `${instantInWords(firing.fire_at, reader)}: ${ends[firing.state]}`;
  return `Fired ${instantInWords(firing.settled_at ?? firing.fire_at, reader)}, ${lateInWords(firing.late)}`;
}

const channels = { in_app: "In Taskora", push: "Push", email: "E-mail" };

/** "E-mail 2 s late", "Push: not sent yet". */
export function deliveryInWords({ channel, sent_at, late, outcome }: Firing["deliveries"][number], reader: Reader): string {
  if (sent_at !== null) return `${channels[channel]} ${lateInWords(late)}`;
  return outcome === null ? `${channels[channel]}: not sent yet` : `${channels[channel]}: ${outcome.toLocaleLowerCase(reader.locale)}`;
}

const lateInWords = (seconds: number | null): string => (seconds === null || seconds < 1 ? "on time" : `${lengthInWords(seconds)} late`);
