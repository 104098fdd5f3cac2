/** The days that people mean most often: of what is to be done, and of what was. */
import { addDays, addMonths, nextWeekday, weekday, type Day } from "../time/calendarDays";
import * as say from "./words";

const SATURDAY = 6;
const MONDAY = 1;

export interface QuickDay {
  name: string;
  day: Day;
}

export function quickDays(today: Day): readonly QuickDay[] {
  return [
    { name: say.today, day: today },
    { name: say.tomorrow, day: addDays(today, 1) },
    { name: weekday(today) === SATURDAY ? say.nextWeekend : say.weekend, day: nextWeekday(today, SATURDAY) },
    { name: say.nextWeek, day: nextWeekday(today, MONDAY) },
  ];
}

export const pastDays = (today: Day): readonly QuickDay[] => [
  { name: say.today, day: today },
  { name: say.yesterday, day: addDays(today, -1) },
  { name: say.aWeekAgo, day: addDays(today, -7) },
  { name: say.aMonthAgo, day: addMonths(today, -1) },
];
