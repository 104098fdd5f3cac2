import { Field } from "./Field";
import * as say from "./words";

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
        {say.ruleIsMore}{" "}
        <button type="button" className="link" onClick={() => { onText(true); }}>
          {say.editAsText}
        </button>
      </p>
    );
  }
  return (
    <div className="grid justify-items-start gap-1">
      <Field label={say.rule} hint={say.ruleExample} className="w-full">
        {(told) => (
          <textarea {...told} rows={3} spellCheck={false} maxLength={500} className="box font-mono text-sm" value={rule} onChange={(event) => { onChange(event.target.value); }} />
        )}
      </Field>
      {known ? (
        <button type="button" className="link text-sm" onClick={() => { onText(false); }}>
          {say.useTheControls}
        </button>
      ) : null}
    </div>
  );
}
