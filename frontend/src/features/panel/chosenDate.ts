/** A task's local date or date and time, as the date picker has it. */
import type { ChosenDate } from "../../ui/DatePicker";

export function chosenOf(due: string | null): ChosenDate | null {
  if (due === null) return null;
  const [date = "", time = null] = due.split("T");
  return { date, time: time?.slice(0, 5) ?? null };
}

export function dueOf(chosen: ChosenDate | null): string | null {
  if (chosen === null) return null;
  return chosen.time === null ? chosen.date : `${chosen.date}T${chosen.time}:00`;
}
