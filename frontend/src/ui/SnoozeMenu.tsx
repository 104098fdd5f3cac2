import { useState, type ReactElement } from "react";
import { addDays } from "../time/calendarDays";
import { DatePicker, type ChosenDate } from "./DatePicker";
import { Button } from "./Button";
import { Popover } from "./Popover";
import { dueInWords, spanInWords } from "./inWords";
import * as say from "./words";

/** In so many minutes, or when the clock shows this: "2026-11-22T09:00". */
type Later = { minutes: number } | { wall: string };

interface Props {
  title: string;
  /** The button that opens it. */
  trigger: ReactElement;
  onChoose: (later: Later) => void;
  today: string;
  weekStart: number;
  locale: string;
}

const MINUTES = [10, 60, 180];
const MORNING = "09:00";

/** Not now: for a while, until tomorrow, or until a time of one's own. */
export function SnoozeMenu({ title, trigger, onChoose, today, weekStart, locale }: Props) {
  const [isOpen, setOpen] = useState(false);
  const [choosing, setChoosing] = useState(false);
  const choose = (later: Later) => {
    setOpen(false);
    onChoose(later);
  };
  const tomorrow = addDays(today, 1);
  const usual: readonly { words: string; later: Later }[] = [
    ...MINUTES.map((minutes) => ({ words: spanInWords(minutes * 60, locale), later: { minutes } })),
    { words: dueInWords(tomorrow, MORNING, today, locale), later: { wall: `${tomorrow}T${MORNING}` } },
  ];
  return (
    <Popover
      title={title}
      trigger={trigger}
      open={isOpen}
      onOpenChange={(open) => {
        setOpen(open);
        setChoosing(false);
      }}
    >
      {choosing ? (
        <OwnTime onChoose={choose} today={today} weekStart={weekStart} locale={locale} />
      ) : (
        <ul className="grid">
          {usual.map(({ words, later }) => (
            <Choice key={words} words={words} onChoose={() => { choose(later); }} />
          ))}
          <Choice words={say.choose} onChoose={() => { setChoosing(true); }} />
        </ul>
      )}
    </Popover>
  );
}

function Choice({ words, onChoose }: { words: string; onChoose: () => void }) {
  return (
    <li>
      <button type="button" className="choice w-full" onClick={onChoose}>
        {words}
      </button>
    </li>
  );
}

function OwnTime({ onChoose, ...reader }: Pick<Props, "onChoose" | "today" | "weekStart" | "locale">) {
  const [own, setOwn] = useState<ChosenDate | null>(null);
  return (
    <div className="grid gap-3">
      <DatePicker value={own} onChange={setOwn} {...reader} />
      <Button
        kind="main"
        disabled={own === null}
        onClick={() => {
          if (own !== null) onChoose({ wall: `${own.date}T${own.time ?? MORNING}` });
        }}
      >
        {say.snooze}
      </Button>
    </div>
  );
}
