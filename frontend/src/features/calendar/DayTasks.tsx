import { usePerson } from "../../data/DataContext";
import { timeInWords } from "../../ui/inWords";
import { DayRow } from "./DayRow";
import type { OfDay } from "./useDays";
import * as say from "./words";

/** What stands on one day, and what will come to it. */
export function DayTasks({ open, finished, coming, onOpen }: OfDay & { onOpen: (id: string) => void }) {
  const { locale } = usePerson();
  if (open.length + finished.length + coming.length === 0) return <p className="text-quiet">{say.nothingOnThisDay}</p>;
  return (
    <>
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
              <li key={`${task.id} ${time ?? ""}`} className="flex justify-between gap-2 py-1">
                <span className="min-w-0 wrap-anywhere">{task.title}</span>
                {time === null ? null : <span className="flex-none text-sm">{timeInWords(time, locale)}</span>}
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  );
}
