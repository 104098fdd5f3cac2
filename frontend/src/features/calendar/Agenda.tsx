import { Plus } from "lucide-react";
import { usePerson } from "../../data/DataContext";
import { IconButton } from "../../ui/IconButton";
import { MonthGrid } from "../../ui/MonthGrid";
import { longDayInWords, monthInWords } from "../../ui/inWords";
import { monthOf, weeksOf, type Day } from "../../time/calendarDays";
import { DayTasks } from "./DayTasks";
import type { MonthProps } from "./Month";
import type { OfDay } from "./useDays";
import * as say from "./words";

const DOTS = 3;

/** The month where there is little room: dots on its days, and below it what they stand for. */
export function Agenda({ days, onOpen, onAdd, ...grid }: MonthProps) {
  const { today, weekStart, locale } = usePerson();
  const { month, chosen } = grid;
  const all = weeksOf(month, weekStart).flat().filter((day) => monthOf(day) === month);
  const shown = chosen === null ? all.filter((day) => hasAny(days.on(day)) && (day >= today || month !== monthOf(today))) : [chosen];
  return (
    <div className="grid gap-4">
      <MonthGrid {...grid} today={today} weekStart={weekStart} locale={locale} label={monthInWords(month, locale)} about={days.about} className="text-center">
        {(day) => <Dots {...days.on(day)} />}
      </MonthGrid>
      {shown.length === 0 ? <p className="text-quiet">{say.nothingMoreIn(monthInWords(month, locale))}</p> : null}
      {shown.map((day) => (
        <DaySection key={day} day={day} {...days.on(day)} onOpen={onOpen} onAdd={onAdd} locale={locale} />
      ))}
    </div>
  );
}

const hasAny = ({ open, finished }: OfDay): boolean => open.length + finished.length > 0;

function Dots({ open, finished, coming }: OfDay) {
  const dots = [...open.map(() => "bg-accent"), ...finished.map(() => "bg-edge"), ...coming.map(() => "border border-edge")];
  return (
    <span aria-hidden="true" className="flex h-3 justify-center gap-0.5">
      {dots.slice(0, DOTS).map((look, place) => (
        <span key={place} className={`size-1.5 rounded-full ${look}`} />
      ))}
    </span>
  );
}

interface SectionProps extends OfDay {
  day: Day;
  locale: string;
  onOpen: (id: string) => void;
  onAdd: (day: Day) => void;
}

function DaySection({ day, locale, onAdd, ...tasks }: SectionProps) {
  const name = longDayInWords(day, locale);
  return (
    <section aria-label={name}>
      <div className="flex items-center justify-between">
        <h2 className="font-display text-lg">{name}</h2>
        <IconButton
          label={say.addTaskOnDay(name)}
          onClick={() => {
            onAdd(day);
          }}
        >
          <Plus aria-hidden="true" />
        </IconButton>
      </div>
      <DayTasks {...tasks} />
    </section>
  );
}
