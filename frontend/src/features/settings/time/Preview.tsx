import { useState } from "react";
import { momentInWords, numberInWords } from "../../../ui/inWords";
import type { WeekDay } from "../types";
import { weekDayInWords, weekFrom } from "./locales";
import * as say from "./words";

/** How this very moment, a number and a week look with what is chosen. */
export function Preview({ zone, locale, weekStart }: { zone: string; locale: string; weekStart: WeekDay }) {
  const [now] = useState(() => new Date().toISOString());
  const lines = [
    [say.now, momentInWords(now, zone, locale)],
    [say.numbers, numberInWords(12345.6, locale)],
    [say.week, weekFrom(weekStart).map((day) => weekDayInWords(day, locale, "short")).join(" ")],
  ] as const;
  return (
    <section aria-label={say.preview} className="max-w-xl rounded-md border border-line bg-raised p-4">
      <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-1">
        {lines.map(([name, shown]) => (
          <div key={name} className="contents">
            <dt className="text-sm text-quiet">{name}</dt>
            <dd lang={locale}>{shown}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
