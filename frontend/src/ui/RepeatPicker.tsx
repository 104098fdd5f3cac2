import { useState } from "react";
import { Button } from "./Button";
import { Field } from "./Field";
import { RepeatEnd } from "./RepeatEnd";
import { RepeatPlace } from "./RepeatPlace";
import { RepeatPreview, type Previewed } from "./RepeatPreview";
import { RepeatUnit } from "./RepeatUnit";
import { RepeatUsual } from "./RepeatUsual";
import { planFrom, readRule, writeRule, type Plan } from "./rule";

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
  weekStart: number;
  locale: string;
  /** The server's words and next dates; rejects with a sentence. The same function each time, or it is asked again. */
  preview: (rule: string) => Promise<Previewed>;
}

/** How something repeats. Nothing is changed before it is saved, as each change begins a series anew. */
export function RepeatPicker({ value, onSave, onCancel, start, weekStart, locale, preview }: Props) {
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
        <RuleText rule={rule} known={plan !== null} asText={asText} onChange={setRule} onText={setAsText} />
      ) : (
        <>
          <RepeatUsual {...same} rule={rule} onChoose={setRule} />
          <RepeatUnit {...same} plan={plan} onChange={onPlan} />
          {plan.unit === "month" || plan.unit === "year" ? <RepeatPlace {...same} plan={plan} onChange={onPlan} /> : null}
          <RepeatEnd end={plan.end} start={start.slice(0, 10)} onChange={(end) => { onPlan({ ...plan, end }); }} />
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
      <RepeatPreview rule={isWhole ? rule : null} preview={preview} locale={locale} />
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

interface TextProps {
  rule: string;
  /** There are controls for it, too. */
  known: boolean;
  asText: boolean;
  onChange: (rule: string) => void;
  onText: (asText: boolean) => void;
}

function RuleText({ rule, known, asText, onChange, onText }: TextProps) {
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

function hasDays(plan: Plan): boolean {
  if (plan.unit === "week") return plan.weekdays.length > 0;
  const hasPlace = plan.unit === "month" || plan.unit === "year";
  return !hasPlace || plan.place.by === "weekday" || plan.place.dates.length > 0;
}
