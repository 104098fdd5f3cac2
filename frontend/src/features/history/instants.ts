/** When a day begins in a zone, and when it is over, as instants: the API's history is asked for by these. */
import { instantOf } from "../../data/instants";
import { addDays, type Day } from "../../time/calendarDays";

export const startOfDay = (day: Day, zone: string): string => instantOf(`${day}T00:00`, zone).toISOString();
export const endOfDay = (day: Day, zone: string): string => startOfDay(addDays(day, 1), zone);
