import { wallClock } from "../../data/days";
import { addDays, type Day } from "../../time/calendarDays";

/** When a day begins in a zone, as an instant: the API's history is asked for by these. */
export function startOfDay(day: Day, zone: string): string {
  const wanted = Date.parse(`${day}T00:00:00Z`);
  let instant = wanted;
  // The second look is for days on which the clocks change.
  for (let look = 0; look < 2; look++) instant += wanted - Date.parse(`${wallClock(new Date(instant), zone)}Z`);
  return new Date(instant).toISOString();
}

export const endOfDay = (day: Day, zone: string): string => startOfDay(addDays(day, 1), zone);
