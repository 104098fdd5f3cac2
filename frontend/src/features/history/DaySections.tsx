import type { ReactNode } from "react";
import { usePerson } from "../../data/DataContext";
import { dayInWords, longDayInWords } from "../../ui/inWords";
import type { Day } from "../../time/calendarDays";

interface Props<T> {
  items: readonly T[];
  dayOf: (item: T) => Day;
  children: (item: T) => ReactNode;
}

/** What happened, under the days on which it did, the newest first. What is far away is not drawn by the browser. */
export function DaySections<T>({ items, dayOf, children }: Props<T>) {
  const { today, locale } = usePerson();
  const days: { day: Day; items: T[] }[] = [];
  for (const item of items) {
    const day = dayOf(item);
    const last = days.at(-1);
    if (last?.day === day) last.items.push(item);
    else days.push({ day, items: [item] });
  }
  return days.map(({ day, items: those }) => (
    <section key={day} aria-label={longDayInWords(day, locale)} className="pb-6 [contain-intrinsic-size:auto_20rem] [content-visibility:auto]">
      <h2 className="sticky top-0 bg-paper py-1 text-sm font-semibold">
        {dayInWords(day, today, locale)} <span className="font-normal text-quiet">{longDayInWords(day, locale)}</span>
      </h2>
      <ul>{those.map(children)}</ul>
    </section>
  ));
}
