import { useCallback, useState } from "react";
import type { Task } from "../../api/types";
import { useCounted, usePerson } from "../../data/DataContext";
import { useMinute } from "../../data/minute";
import type { Known } from "../../data/shapes";
import { Button } from "../../ui/Button";
import { numberInWords } from "../../ui/inWords";
import type { Day } from "../../time/calendarDays";
import { waiting } from "./byDay";
import { DayRow } from "./DayRow";
import * as say from "./words";

interface Props {
  /** The day that the keys are at: what is here can be put there. */
  day: Day;
  onOpen: (id: string) => void;
  onPut: (id: string) => void;
}

const SOME = 20;

/** What has no day, or had one that is over: to be dragged onto a day. */
export function Tray(props: Props) {
  const person = usePerson();
  const minute = useMinute();
  const { overdue, undated } = useCounted(useCallback((known: Known) => waiting(known, person, minute), [person, minute]));
  return (
    <aside aria-label={say.toBeScheduled} className="grid content-start gap-4">
      <Pile {...props} name={say.overdueOnes} tasks={overdue} dated />
      <Pile {...props} name={say.noDate} tasks={undated} />
      {overdue.length + undated.length === 0 ? <p className="text-sm text-quiet">{say.everythingHasItsDay}</p> : null}
    </aside>
  );
}

function Pile({ name, tasks, dated = false, day, onOpen, onPut }: Props & { name: string; tasks: readonly Task[]; dated?: boolean }) {
  const { locale } = usePerson();
  const [shown, setShown] = useState(SOME);
  if (tasks.length === 0) return null;
  return (
    <section aria-label={name}>
      <h2 className="text-sm font-semibold">
        {name} <span className="font-normal text-quiet">{numberInWords(tasks.length, locale)}</span>
      </h2>
      <ul>
        {tasks.slice(0, shown).map((task) => (
          <DayRow key={task.id} task={task} dated={dated} onOpen={onOpen} put={{ day, onPut }} />
        ))}
      </ul>
      {tasks.length <= shown ? null : (
        <Button
          kind="quiet"
          onClick={() => {
            setShown(shown + SOME);
          }}
        >
          {say.showMore}
        </Button>
      )}
    </section>
  );
}
