import { Plus, X } from "lucide-react";
import { useEffect, useRef } from "react";
import type { Task } from "../../api/types";
import { usePerson } from "../../data/DataContext";
import { Button } from "../../ui/Button";
import { IconButton } from "../../ui/IconButton";
import { longDayInWords, timeInWords } from "../../ui/inWords";
import type { Day } from "../../time/calendarDays";
import { DayRow } from "./DayRow";
import type { Coming } from "./useComing";
import * as say from "./words";

interface Props {
  day: Day;
  open: readonly Task[];
  finished: readonly Task[];
  coming: readonly Coming[];
  onOpen: (id: string) => void;
  onAdd: (day: Day) => void;
  onClose: () => void;
}

/** All of one day. */
export function DayList({ day, open, finished, coming, onOpen, onAdd, onClose }: Props) {
  const { locale } = usePerson();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    heading.current?.focus();
  }, [day]);
  const name = longDayInWords(day, locale);
  return (
    <section aria-label={name} className="grid content-start gap-1">
      <div className="flex items-center gap-1">
        <h2 ref={heading} tabIndex={-1} className="mr-auto font-display text-lg outline-none">
          {name}
        </h2>
        <IconButton label={say.closeTheDay} onClick={onClose}>
          <X aria-hidden="true" />
        </IconButton>
      </div>
      {open.length + finished.length + coming.length === 0 ? <p className="text-quiet">{say.nothingOnThisDay}</p> : null}
      <ul>
        {[...open, ...finished].map((task) => (
          <DayRow key={task.id} task={task} onOpen={onOpen} />
        ))}
      </ul>
      {coming.length === 0 ? null : (
        <>
          <h3 className="pt-2 text-sm text-quiet">{say.willComeAgainItself}</h3>
          <ul className="text-quiet">
            {coming.map(({ task, time }) => (
              <li key={`${task.id} ${time ?? ""}`} className="flex justify-between py-1">
                {task.title}
                {time === null ? null : <span className="text-sm">{timeInWords(time, locale)}</span>}
              </li>
            ))}
          </ul>
        </>
      )}
      <Button
        className="justify-self-start"
        onClick={() => {
          onAdd(day);
        }}
      >
        <Plus className="mr-1 inline size-4" aria-hidden="true" />
        {say.addTask}
      </Button>
    </section>
  );
}
