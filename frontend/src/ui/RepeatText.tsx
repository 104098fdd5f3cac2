import { Field } from "./Field";

interface Props {
  rule: string;
  /** There are controls for it, too. */
  known: boolean;
  asText: boolean;
  onChange: (rule: string) => void;
  onText: (asText: boolean) => void;
}

/** A rule as calendars write it, for what the controls cannot show. */
export function RepeatText({ rule, known, asText, onChange, onText }: Props) {
  if (!asText) {
    return (
      <p className="text-sm">
        This rule is more than the controls here can show. Its words are below.{" "}
        <button type="button" className="link" onClick={() => { onText(true); }}>
          Edit as text
        </button>
      </p>
    );
  }
  return (
    <div className="grid justify-items-start gap-1">
      <Field label="Rule" hint="As calendars write it: FREQ=MONTHLY;BYDAY=-1FR" className="w-full">
        {(told) => (
          <textarea {...told} rows={3} spellCheck={false} maxLength={500} className="box font-mono text-sm" value={rule} onChange={(event) => { onChange(event.target.value); }} />
        )}
      </Field>
      {known ? (
        <button type="button" className="link text-sm" onClick={() => { onText(false); }}>
          Use the controls
        </button>
      ) : null}
    </div>
  );
}
