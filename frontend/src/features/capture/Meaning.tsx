import { AtSign, Bell, CalendarDays, Flag, Repeat } from "lucide-react";
import type { ReactNode } from "react";
import type { Stretch } from "../../api/codePoints";
import { useLists, usePerson, useTags } from "../../data/DataContext";
import { nameOfList, priorityInWords } from "../../data/names";
import { ColorDot } from "../../ui/ColorDot";
import { dueInWords } from "../../ui/inWords";
import type { Meant } from "./place";
import type { Parsed, Reading, Said } from "./reading";
import { Tokens } from "./Tokens";
import { reminderInWords, repeatInWords } from "./inWords";
import * as say from "./words";

interface Props {
  said: Said;
  reading: Reading;
  meant: (parsed: Parsed) => Meant;
  onToggle: (stretch: Stretch, byPointer: boolean) => void;
}

/** What a text will become, below it; and each part that was understood, to be made text again. */
export function Meaning({ said, reading, meant, onToggle }: Props) {
  const { parsed } = reading;
  return (
    <div className="grid gap-2 px-1 text-sm">
      {parsed === null ? null : <Facts parsed={parsed} meant={meant(parsed)} />}
      <Tokens said={said} spans={reading.spans} onToggle={onToggle} />
    </div>
  );
}

function Facts({ parsed, meant }: { parsed: Parsed; meant: Meant }) {
  const person = usePerson();
  const lists = useLists();
  const tags = useTags();
  const list = lists.find(({ id }) => id === meant.list);
  const [day, time = null] = meant.due?.split("T") ?? [];
  return (
    <div aria-live="polite" className="flex flex-wrap items-center gap-x-4 gap-y-1">
      <span className="font-medium wrap-anywhere">{meant.title}</span>
      {day === undefined ? null : (
        <Fact name={say.due} icon={<CalendarDays />}>
          {dueInWords(day, time, person.today, person.locale)}
        </Fact>
      )}
      {parsed.rrule === null ? null : (
        <Fact name={say.repeats} icon={<Repeat />}>
          {repeatInWords(parsed, person)}
        </Fact>
      )}
      {list === undefined ? null : (
        <Fact name={say.aList} icon={<ColorDot color={list.color} />}>
          {nameOfList(list)}
        </Fact>
      )}
      {tags
        .filter(({ id }) => meant.tags.includes(id))
        .map(({ id, name }) => (
          <Fact key={id} name={say.aTag} icon={<AtSign />}>
            {name}
          </Fact>
        ))}
      {meant.newTags.map((name) => (
        <Fact key={name} name={say.aTag} icon={<AtSign />}>
          {say.isNew(name)}
        </Fact>
      ))}
      {parsed.priority === null ? null : (
        <Fact name={say.priority} icon={<Flag />}>
          {priorityInWords(parsed.priority)}
        </Fact>
      )}
      {parsed.reminders.map((reminder, at) => (
        <Fact key={at} name={say.reminder} icon={<Bell />}>
          {reminderInWords(reminder, person)}
        </Fact>
      ))}
    </div>
  );
}

function Fact({ name, icon, children }: { name: string; icon: ReactNode; children: ReactNode }) {
  return (
    <span className="inline-flex min-w-0 items-center gap-1.5 text-quiet [&>svg]:size-4 [&>svg]:flex-none">
      <span className="sr-only">{name}: </span>
      {icon}
      <span className="min-w-0 wrap-anywhere">{children}</span>
    </span>
  );
}
