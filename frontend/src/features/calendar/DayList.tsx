import { Plus, X } from "lucide-react";
import { useEffect, useRef } from "react";
import { usePerson } from "../../data/DataContext";
import { Button } from "../../ui/Button";
import { IconButton } from "../../ui/IconButton";
import { longDayInWords } from "../../ui/inWords";
import type { Day } from "../../time/calendarDays";
import { DayTasks } from "./DayTasks";
import type { OfDay } from "./useDays";
import * as say from "./words";

interface Props extends OfDay {
  day: Day;
  onOpen: (id: string) => void;
  onAdd: (day: Day) => void;
  onClose: () => void;
}

/** All of one day. */
export function DayList({ day, onAdd, onClose, ...tasks }: Props) {
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
      <DayTasks {...tasks} />
      <Button
        className="mt-2 justify-self-start"
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
