import { useState } from "react";
import { usePerson } from "../../data/DataContext";
import { Button } from "../../ui/Button";
import { DatePicker, type ChosenDate } from "../../ui/DatePicker";
import { Popover } from "../../ui/Popover";
import { at, usual, type Until } from "./snoozes";

interface Props {
  /** Of the task. */
  title: string;
  onChoose: (until: Until) => void;
}

/** Not now: for a while, until tomorrow, or until a time of one's own. */
export function SnoozeMenu({ title, onChoose }: Props) {
  const person = usePerson();
  const [isOpen, setOpen] = useState(false);
  const [own, setOwn] = useState<ChosenDate | null>(null);
  const [choosing, setChoosing] = useState(false);
  const choose = (until: Until) => {
    setOpen(false);
    onChoose(until);
  };
  return (
    <Popover
      title={`Snooze “${title}”`}
      trigger={<Button aria-label={`Snooze “${title}”`}>Snooze</Button>}
      open={isOpen}
      onOpenChange={(open) => {
        setOpen(open);
        setChoosing(false);
      }}
    >
      {choosing ? (
        <div className="grid gap-3">
          <DatePicker value={own} onChange={setOwn} today={person.today} weekStart={person.weekStart} locale={person.locale} />
          <Button
            kind="main"
            disabled={own === null}
            onClick={() => {
              if (own !== null) choose(at(own.date, own.time ?? "09:00", person.zone));
            }}
          >
            Snooze
          </Button>
        </div>
      ) : (
        <ul className="grid">
          {usual(person.today, person.zone).map(({ label, until }) => (
            <li key={label}>
              <button
                type="button"
                className="choice w-full"
                onClick={() => {
                  choose(until);
                }}
              >
                {label}
              </button>
            </li>
          ))}
          <li>
            <button
              type="button"
              className="choice w-full"
              onClick={() => {
                setChoosing(true);
              }}
            >
              Choose…
            </button>
          </li>
        </ul>
      )}
    </Popover>
  );
}
