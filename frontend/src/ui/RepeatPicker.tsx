import { useState } from "react";
import { Button } from "./Button";
import { Field } from "./Field";
import { RepeatEnd } from "./RepeatEnd";
import { RepeatPlace } from "./RepeatPlace";
import { RepeatPreview, type Previewed } from "./RepeatPreview";
import { RepeatText } from "./RepeatText";
import { RepeatUnit } from "./RepeatUnit";
import { RepeatUsual } from "./RepeatUsual";
import { hasDays, planFrom, readRule, writeRule, type Plan } from "./rule";

export interface Repeat {
  rule: string;
  kind: "fixed" | "after_completion";
  missed: "skip" | "each";
}

interface Props {
  value: Repeat | null;
  /** null: it repeats no more. */
  onSave: (value: Repeat | null) => void;
  onCancel: () => void;
  /** What it repeats from, a date or a local time: its due date, or today. */
  start: string;
  today: string;
  weekStart: number;
  locale: string;
  /** The server's words and next dates; rejects with a sentence. The same function each time, or it is asked again. */
  preview: (rule: string) => Promise<Previewed>;
}

/** How something repeats. Nothing is changed before it is saved, as each change begins a series anew. */
export function RepeatPicker({ value, onSave, onCancel, start, today, weekStart, locale, preview }: Props) {
  const [rule, setRule] = useState(() => value?.rule ?? writeRule(planFrom(start, "week")));
  const [kind, setKind] = useState(value?.kind ?? "fixed");
  const [missed, setMissed] = useState(value?.missed ?? "skip");
  const [asText, setAsText] = useState(false);
  const plan = readRule(rule, start);
  const isWhole = plan === null ? rule.trim() !== "" : hasDays(plan);
  const onPlan = (next: Plan) => {
    setRule(writeRule(next));
  };
  const same = { start, weekStart, locale };
  return (
    <form
      aria-label="Repeat"
      className="grid w-80 max-w-full gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        event.stopPropagation(); // its popover may stand in another form
        if (isWhole) onSave({ rule: rule.trim(), kind, missed });
      }}
    >
      {plan === null || asText ? (
        <RepeatText rule={rule} known={plan !== null} asText={asText} onChange={setRule} onText={setAsText} />
      ) : (
        <>
          <RepeatUsual {...same} rule={rule} onChoose={setRule} />
          <RepeatUnit {...same} plan={plan} onChange={onPlan} />
          {plan.unit === "month" || plan.unit === "year" ? <RepeatPlace {...same} plan={plan} onChange={onPlan} /> : null}
          <RepeatEnd {...same} today={today} end={plan.end} onChange={(end) => { onPlan({ ...plan, end }); }} />
        </>
      )}
      <Field label="The next one comes">
        {(told) => (
          <select {...told} className="box" value={kind} onChange={(event) => { setKind(event.target.value as Repeat["kind"]); }}>
            <option value="fixed">by its dates</option>
            <option value="after_completion">counted from when it is done</option>
          </select>
        )}
      </Field>
      {kind === "fixed" ? (
        <Field label="If some were missed">
          {(told) => (
            <select {...told} className="box" value={missed} onChange={(event) => { setMissed(event.target.value as Repeat["missed"]); }}>
              <option value="skip">go on with the next in time</option>
              <option value="each">each still wants to be done</option>
            </select>
          )}
        </Field>
      ) : null}
      <RepeatPreview rule={isWhole ? rule : null} isCounted={kind === "after_completion"} preview={preview} locale={locale} />
      <div className="flex flex-wrap gap-2">
        <Button kind="main" type="submit" aria-disabled={!isWhole}>
          Save
        </Button>
        <Button kind="quiet" onClick={onCancel}>
          Cancel
        </Button>
        {value === null ? null : (
          <Button kind="quiet" className="ml-auto" onClick={() => { onSave(null); }}>
            Repeat no more
          </Button>
        )}
        {plan === null || asText ? null : (
          <button type="button" className="link min-h-9 text-sm" onClick={() => { setAsText(true); }}>
            Edit as text
          </button>
        )}
      </div>
    </form>
  );
}
