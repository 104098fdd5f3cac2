import { planFrom, WORKDAYS, writeRule } from "./rule";
import { dateInWords, weekdayInWords } from "./inWords";
import * as say from "./words";

interface Props {
  start: string;
  locale: string;
  rule: string;
  onChoose: (rule: string) => void;
}

/** The rules that people want most often, one press each. */
export function RepeatUsual({ start, locale, rule, onChoose }: Props) {
  return (
    <ul aria-label={say.usualOnes} className="flex flex-wrap gap-1">
      {usual(start, locale).map(({ name, rule: its }) => (
        <li key={name}>
          <button
            type="button"
            aria-pressed={its === rule}
            onClick={() => { onChoose(its); }}
            className="min-h-8 cursor-pointer rounded-full border border-line px-3 text-sm hover:border-ink aria-pressed:border-accent aria-pressed:bg-accent aria-pressed:text-on-accent pointer-coarse:min-h-11"
          >
            {name}
          </button>
        </li>
      ))}
    </ul>
  );
}

function usual(start: string, locale: string): readonly { name: string; rule: string }[] {
  const day = start.slice(0, 10);
  const week = planFrom(day, "week");
  return [
    { name: say.everyDay, rule: writeRule(planFrom(day, "day")) },
    { name: say.everyWorkday, rule: writeRule({ ...week, weekdays: WORKDAYS }) },
    { name: say.everyWeekday(weekdayInWords(day, locale)), rule: writeRule(week) },
    { name: say.monthlyOnDay(Number(day.slice(8))), rule: writeRule(planFrom(day, "month")) },
    { name: say.yearlyOn(dateInWords(day, day, locale)), rule: writeRule(planFrom(day, "year")) },
  ];
}
