/** Reminders, and what became of them, in words. */
import type { Reminder } from "../../api/types";
import { daysBeforeInWords, minutesBeforeInWords } from "../../ui/beforeInWords";
import { localInWords } from "../../ui/dateInWords";
import type { Firing } from "./shapes";
import { instantInWords, type Reader } from "./when";

export function reminderInWords(reminder: Reminder, reader: Reader): string {
  switch (reminder.kind) {
    case "before":
      return minutesBeforeInWords(reminder.minutes, reader.locale);
    case "days_before":
      return daysBeforeInWords(reminder.days, reminder.at, reader.locale);
    case "absolute":
      return localInWords(reminder.at, reader);
    case "snooze":
      return `Again ${instantInWords(reminder.at, reader)}`;
  }
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

/** A length of time as short as it may be said: "12 s", "3 min", "2 h 5 min", "1 day". */
export function lengthInWords(seconds: number): string {
  if (seconds < 60) return `${Math.round(seconds)} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  if (hours < 24) return minutes % 60 === 0 ? `${hours} h` : `${hours} h ${minutes % 60} min`;
  const days = Math.floor(hours / 24);
  return days === 1 ? "1 day" : `${days} days`;
}
