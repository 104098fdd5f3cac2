import { Switch } from "../../../ui/Switch";
import { Field } from "../../../ui/Field";

interface Props {
  label: string;
  hint: string;
  at: string;
  /** Null: it is off. */
  value: string | null;
  usual: string;
  wrong: string | undefined;
  onChange: (value: string | null) => void;
}

/** Something that comes every day at a time, or not at all. */
export function TimeSwitch({ label, hint, at, value, usual, wrong, onChange }: Props) {
  return (
    <div>
      <Switch
        label={label}
        hint={hint}
        checked={value !== null}
        onChange={(on) => {
          onChange(on ? usual : null);
        }}
      />
      {value === null ? null : <TimeField label={at} value={value} wrong={wrong} onChange={onChange} />}
    </div>
  );
}

export function TimeField({ label, value, wrong, onChange }: { label: string; value: string; wrong: string | undefined; onChange: (value: string) => void }) {
  return (
    <Field label={label} wrong={wrong} className="max-w-40">
      {(told) => (
        <input
          {...told}
          type="time"
          required
          className="box"
          value={value}
          onChange={(event) => {
            onChange(event.target.value);
          }}
        />
      )}
    </Field>
  );
}
