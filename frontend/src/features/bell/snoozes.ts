/** For how long a reminder is put off. */
import { wallClock } from "../../data/days";
import { addDays } from "../../time/calendarDays";

export type Until = { minutes: number } | { until: string };

/** The instant at which a clock on the wall there shows this: "2026-11-22T09:00". */
export function instantOf(wall: string, zone: string): Date {
  const asUtc = Date.parse(`${wall}Z`);
  const guess = asUtc - ahead(asUtc, zone);
  return new Date(asUtc - ahead(guess, zone)); // on the day of a change the first guess may be an hour off
}

const ahead = (instant: number, zone: string): number => Date.parse(`${wallClock(new Date(instant), zone)}Z`) - Math.floor(instant / 60_000) * 60_000;

export const at = (day: string, time: string, zone: string): Until => ({ until: instantOf(`${day}T${time}`, zone).toISOString() });

export const usual = (today: string, zone: string): readonly { label: string; until: Until }[] => [
  { label: "10 minutes", until: { minutes: 10 } },
  { label: "1 hour", until: { minutes: 60 } },
  { label: "Tomorrow, 09:00", until: at(addDays(today, 1), "09:00", zone) },
];
