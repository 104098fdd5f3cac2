import type { Priority } from "../../api/types";
import { Field, TextField } from "../../ui/Field";
import type { DueBoxes } from "./due";

export const priorities: Record<Priority, string> = { none: "None", low: "Low", medium: "Medium", high: "High", urgent: "Urgent" };

export function PriorityField({ value, onChange }: { value: Priority; onChange: (value: Priority) => void }) {
  return (
    <Field label="Priority">
      {(told) => (
        <select
          {...told}
          className="box"
          value={value}
          onChange={(event) => {
            onChange(event.target.value as Priority);
          }}
        >
          {Object.entries(priorities).map(([name, word]) => (
            <option key={name} value={name}>
              {word}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}

export function DueFields({ value, onChange }: { value: DueBoxes; onChange: (value: DueBoxes) => void }) {
  return (
    <>
      <TextField
        label="Due date"
        type="date"
        value={value.date}
        max="9999-12-31"
        onChange={(event) => {
          const date = event.target.value;
          onChange({ date, time: date === "" ? "" : value.time });
        }}
      />
      <TextField
        label="Due time"
        type="time"
        value={value.time}
        disabled={value.date === ""}
        onChange={(event) => {
          onChange({ ...value, time: event.target.value });
        }}
      />
    </>
  );
}
