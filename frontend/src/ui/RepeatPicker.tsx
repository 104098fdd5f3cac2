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
import * as say from "./words";

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
      aria-label={say.repeat}
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
      <Field label={say.theNextOneComes}>
        {(told) => (
          <select {...told} className="box" value={kind} onChange={(event) => { setKind(event.target.value as Repeat["kind"]); }}>
            <option value="fixed">{say.byItsDates}</option>
            <option value="after_completion">{say.fromWhenDone}</option>
          </select>
        )}
      </Field>
      {kind === "fixed" ? (
        <Field label={say.ifSomeWereMissed}>
          {(told) => (
            <select {...told} className="box" value={missed} onChange={(event) => { setMissed(event.target.value as Repeat["missed"]); }}>
              <option value="skip">{say.goOnInTime}</option>
              <option value="each">{say.eachOfThem}</option>
            </select>
          )}
        </Field>
      ) : null}
      <RepeatPreview rule={isWhole ? rule : null} lacking={plan === null ? say.writeARule : say.chooseADay} isCounted={kind === "after_completion"} preview={preview} locale={locale} />
      <div className="sticky -bottom-3 -mx-3 -mb-3 flex flex-wrap gap-2 border-t border-line bg-raised p-3">
        <Button kind="main" type="submit" aria-disabled={!isWhole}>
          {say.save}
        </Button>
        <Button kind="quiet" onClick={onCancel}>
          {say.cancel}
        </Button>
        {value === null ? null : (
          <Button kind="quiet" className="ml-auto" onClick={() => { onSave(null); }}>
            {say.repeatNoMore}
          </Button>
        )}
        {plan === null || asText ? null : (
          <button type="button" className="link min-h-9 text-sm" onClick={() => { setAsText(true); }}>
            {say.editAsText}
          </button>
        )}
      </div>
    </form>
  );
}
