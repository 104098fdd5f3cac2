import { Switch } from "../../../ui/Switch";
import type { Preferences } from "../types";
import { TimeField } from "./TimeSwitch";

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
        label="Quiet hours"
        hint="Nothing is pushed or mailed in them; it comes when they end. The bell on this page knows of it at once."
        checked={value !== null}
        onChange={(on) => {
          onChange(on ? { start: "22:00", end: "07:00" } : null);
        }}
      />
      {value === null ? null : (
        <div className="flex flex-wrap gap-4">
          <TimeField
            label="Quiet from"
            value={value.start}
            wrong={wrong}
            onChange={(start) => {
              onChange({ ...value, start });
            }}
          />
          <TimeField
            label="Quiet until"
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
