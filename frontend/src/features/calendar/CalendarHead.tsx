import { ChevronLeft, ChevronRight } from "lucide-react";
import { Button } from "../../ui/Button";
import { IconButton } from "../../ui/IconButton";
import * as say from "./words";

interface Props {
  name: string;
  onTurn: (months: -1 | 0 | 1) => void;
  done: boolean;
  onDone: (done: boolean) => void;
  weekNumbers: boolean;
  onWeekNumbers: (shown: boolean) => void;
  wide: boolean;
}

export function CalendarHead({ name, onTurn, done, onDone, weekNumbers, onWeekNumbers, wide }: Props) {
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
      <h2 aria-live="polite" className="font-display text-xl">
        {name}
      </h2>
      <div className="flex items-center gap-1">
        <IconButton label={say.previousMonth} onClick={() => { onTurn(-1); }}>
          <ChevronLeft aria-hidden="true" />
        </IconButton>
        <Button onClick={() => { onTurn(0); }}>{say.today}</Button>
        <IconButton label={say.nextMonth} onClick={() => { onTurn(1); }}>
          <ChevronRight aria-hidden="true" />
        </IconButton>
      </div>
      <div className="ml-auto flex flex-wrap items-center gap-x-4 text-sm">
        <Choice label={say.finishedTasks} value={done} onChange={onDone} />
        {wide ? <Choice label={say.weekNumbers} value={weekNumbers} onChange={onWeekNumbers} /> : null}
      </div>
    </div>
  );
}

function Choice({ label, value, onChange }: { label: string; value: boolean; onChange: (value: boolean) => void }) {
  return (
    <label className="flex min-h-8 cursor-pointer items-center gap-1.5 pointer-coarse:min-h-touch">
      <input
        type="checkbox"
        checked={value}
        onChange={(event) => {
          onChange(event.target.checked);
        }}
      />
      {label}
    </label>
  );
}
