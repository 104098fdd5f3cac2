import { CalendarDays } from "lucide-react";
import { useState, type RefObject } from "react";
import { Button } from "./Button";
import type { Day } from "../time/calendarDays";
import { DatePicker, type ChosenDate } from "./DatePicker";
import type { QuickDay } from "./quickDays";
import { Popover } from "./Popover";
import { dueInWords } from "./inWords";
import * as say from "./words";

interface Props {
  label: string;
  value: ChosenDate | null;
  onChange: (value: ChosenDate | null) => void;
  today: Day;
  weekStart: number;
  locale: string;
  withTime?: boolean;
  quick?: readonly QuickDay[];
  none?: string;
  opener?: RefObject<HTMLButtonElement | null>;
}

/** A date in words, which opens the picker for another one: the browser's own would speak the browser's language. */
export function DateButton({ label, value, onChange, today, locale, withTime = true, none = say.noDate, opener, ...rest }: Props) {
  const [open, setOpen] = useState(false);
  const words = value === null ? none : dueInWords(value.date, value.time, today, locale);
  return (
    <Popover
      title={label}
      open={open}
      onOpenChange={setOpen}
      trigger={
        <Button ref={opener} aria-label={`${label}: ${words}`} className="flex min-h-10 flex-1 items-center gap-2 text-left">
          <CalendarDays aria-hidden="true" className="size-4 flex-none text-quiet" />
          {words}
        </Button>
      }
    >
      <DatePicker
        {...rest}
        withTime={withTime}
        none={none}
        value={value}
        onChange={onChange}
        onDone={() => { if (!withTime) setOpen(false); }}
        today={today}
        locale={locale}
      />
    </Popover>
  );
}
