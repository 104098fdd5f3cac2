/** The days that people mean most often. */
import { addDays, nextWeekday, weekdayOf, type Day } from "./calendarDays";

const SATURDAY = 6;
const MONDAY = 1;

export function quickDays(today: Day): readonly { name: string; day: Day }[] {
  return [
    { name: "Today", day: today },
    { name: "Tomorrow", day: addDays(today, 1) },
    { name: weekdayOf(today) === SATURDAY ? "Next weekend" : "Weekend", day: nextWeekday(today, SATURDAY) },
    { name: "Next week", day: nextWeekday(today, MONDAY) },
  ];
}
