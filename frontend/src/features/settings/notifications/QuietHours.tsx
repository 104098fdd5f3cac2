import { Switch } from "../../../ui/Switch";
import type { Preferences } from "../types";
import { TimeField } from "./TimeSwitch";
import * as say from "./words";

type Hours = Preferences["quiet_hours"];

interface Props {
  value: Hours;
  wrong: string | undefined;
  onChange: (value: Hours) => void;
}

/** Hours in which nothing makes a sound; what falls into them is told when they end. */
export function QuietHours({ value, wrong, onChange }: Props) {
  return (
    <div>
      <Switch
        label={say.quietHours}
        hint={say.howQuiet}
        checked={value !== null}
        onChange={(on) => {
          onChange(on ? { start: "22:00", end: "07:00" } : null);
        }}
      />
      {value === null ? null : (
        <div className="flex flex-wrap gap-4">
          <TimeField
            label={say.quietFrom}
            value={value.start}
            wrong={wrong}
            onChange={(start) => {
              onChange({ ...value, start });
            }}
          />
          <TimeField
            label={say.quietUntil}
            value={value.end}
            wrong={undefined}
            onChange={(end) => {
              onChange({ ...value, end });
            }}
          />
        </div>
      )}
    </div>
  );
}
