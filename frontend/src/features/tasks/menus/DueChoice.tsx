import type { Task } from "../../../api/types";
import { useData, usePerson } from "../../../data/DataContext";
import { dayOf, timeOf } from "../../../data/days";
import { patchOf, type Understood } from "../../../data/understood";
import { DatePicker, type ChosenDate } from "../../../ui/DatePicker";
import type { Doing } from "../doing";
import { DueWords } from "./DueWords";

/** Several get a day and keep their times of day; one can have a time as well, which is one where its person is. */
export function DueChoice({ tasks, doing, onDone }: { tasks: readonly Task[]; doing: Doing; onDone: () => void }) {
  const { acts } = useData();
  const person = usePerson();
  const ids = tasks.map(({ id }) => id);
  const common = commonDate(tasks, person.zone);
  const zone = tasks.every((task) => task.zone === person.zone) ? person.zone : null;
  const onSaid = (said: Understood) => {
    if (said.recurrence === null && !said.due.includes("T")) doing.toDay(ids, said.due);
    else acts.changeMany(ids, said.due.includes("T") ? { ...patchOf(said), zone } : patchOf(said));
    onDone();
  };
  const onChange = (chosen: ChosenDate | null) => {
    if (chosen === null) acts.changeMany(ids, { due: null });
    else if (chosen.time === (common?.time ?? null)) doing.toDay(ids, chosen.date);
    else if (chosen.time === null) acts.changeMany(ids, { due: chosen.date, zone: null });
    else acts.changeMany(ids, { due: `${chosen.date}T${chosen.time}:00`, zone });
  };
  return (
    <>
      <DueWords onSaid={onSaid} />
      <DatePicker value={common} onChange={onChange} onDone={onDone} today={person.today} weekStart={person.weekStart} locale={person.locale} />
    </>
  );
}

function commonDate(tasks: readonly Task[], zone: string): ChosenDate | null {
  const dates = tasks.map((task) => ({ date: dayOf(task, zone), time: timeOf(task, zone) }));
  const [first] = dates;
  if (first === undefined || first.date === null) return null;
  const { date } = first;
  if (!dates.every((other) => other.date === date)) return null;
  return { date, time: dates.every(({ time }) => time === first.time) ? first.time : null };
}
