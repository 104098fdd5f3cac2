/** The days that people mean most often. */
import { addDays, nextWeekday, weekday, type Day } from "../time/calendarDays";
import * as say from "./words";

const SATURDAY = 6;
const MONDAY = 1;

export function quickDays(today: Day): readonly { name: string; day: Day }[] {
  return [
    { name: say.today, day: today },
    { name: say.tomorrow, day: addDays(today, 1) },
    { name: weekday(today) === SATURDAY ? say.nextWeekend : say.weekend, day: nextWeekday(today, SATURDAY) },
    { name: say.nextWeek, day: nextWeekday(today, MONDAY) },
  ];
}
