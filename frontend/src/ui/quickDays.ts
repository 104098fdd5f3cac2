/** The days that people mean most often. */
import { addDays, nextWeekday, weekday, type Day } from "../time/calendarDays";

const SATURDAY = 6;
const MONDAY = 1;

export function quickDays(today: Day): readonly { name: string; day: Day }[] {
  return [
    { name: "Today", day: today },
    { name: "Tomorrow", day: addDays(today, 1) },
    { name: weekday(today) === SATURDAY ? "Next weekend" : "Weekend", day: nextWeekday(today, SATURDAY) },
    { name: "Next week", day: nextWeekday(today, MONDAY) },
  ];
}
