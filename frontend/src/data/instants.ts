import { wallClock } from "./days";

const DAY = 86_400_000;

/**
 * The instant at which a clock on the wall there shows this: "2026-11-22T09:00". What it shows twice is the first of them;
 * what it leaves out, as much later as it was set forward.
 */
export function instantOf(wall: string, zone: string): Date {
  const asUtc = Date.parse(`${wall}Z`);
  const before = new Date(asUtc - ahead(asUtc - DAY, zone));
  const after = new Date(asUtc - ahead(asUtc + DAY, zone));
  const shown = `${wall.slice(0, 10)}T${wall.slice(11, 16)}`;
  return wallClock(before, zone) !== shown && wallClock(after, zone) === shown ? after : before;
}

/** By how much clocks there are ahead of UTC then. */
const ahead = (instant: number, zone: string): number => Date.parse(`${wallClock(new Date(instant), zone)}Z`) - Math.floor(instant / 60_000) * 60_000;

/** A reminder comes again in so many minutes, or when clocks where its person is show this. */
export type Later = { minutes: number } | { wall: string };

export const laterAt = (later: Later, zone: string): { minutes: number } | { until: string } =>
  "minutes" in later ? later : { until: instantOf(later.wall, zone).toISOString() };
