import { useAddress, useGo } from "../../address/useAddress";
import { usePerson } from "../../data/DataContext";
import { Button } from "../../ui/Button";
import { DateButton } from "../../ui/DateButton";
import { Field } from "../../ui/Field";
import { pastDays } from "../../ui/quickDays";
import { kinds } from "./inWords";
import * as say from "./words";

const ways = [
  ["web", say.youHere],
  ["api", say.programs],
  ["mcp", say.assistants],
  ["chat", say.theChat],
  ["system", say.taskoraItself],
] as const;

/** They stand in the address, so that what they leave can be linked to. */
export function ActivityFilters() {
  const { params } = useAddress();
  const { set } = useGo();
  const { kind, via, from, to } = params;
  const isFiltered = [kind, via, from, to].some((value) => value !== undefined);
  return (
    <form role="search" aria-label={say.filterTheActivity} className="grid grid-cols-2 items-end gap-3 sm:flex sm:flex-wrap" onSubmit={(event) => { event.preventDefault(); }}>
      <Field label={say.what}>
        {(told) => (
          <select {...told} className="box" value={kind ?? ""} onChange={(event) => { set({ kind: event.target.value === "" ? null : event.target.value }); }}>
            <option value="">{say.everything}</option>
            {kinds.map((one) =>
              one.deeds.length === 0 ? (
                <option key={one.kind} value={one.kind}>
                  {one.name}
                </option>
              ) : (
                <optgroup key={one.kind} label={one.name}>
                  <option value={one.kind}>{say.allOf(one.name)}</option>
                  {one.deeds.map(([type, words]) => (
                    <option key={type} value={type}>
                      {words}
                    </option>
                  ))}
                </optgroup>
              ),
            )}
          </select>
        )}
      </Field>
      <Field label={say.by}>
        {(told) => (
          <select
            {...told}
            className="box"
            value={via ?? ""}
            onChange={(event) => { set({ via: ways.find(([way]) => way === event.target.value)?.[0] ?? null }); }}
          >
            <option value="">{say.anybody}</option>
            {ways.map(([way, words]) => (
              <option key={way} value={way}>
                {words}
              </option>
            ))}
          </select>
        )}
      </Field>
      <DayField label={say.from} value={from} none={say.fromTheBeginning} onChange={(day) => { set({ from: day, ...(isBackwards(day, to) ? { to: null } : {}) }); }} />
      <DayField label={say.to} value={to} none={say.untilNow} onChange={(day) => { set({ to: day, ...(isBackwards(from, day) ? { from: null } : {}) }); }} />
      {isFiltered ? (
        <Button kind="quiet" onClick={() => { set({ kind: null, via: null, from: null, to: null }); }}>
          {say.clear}
        </Button>
      ) : null}
    </form>
  );
}

/** Then the other end is left open. */
const isBackwards = (from: string | null | undefined, to: string | null | undefined) => from != null && to != null && from > to;

interface DayProps {
  label: string;
  value: string | undefined;
  none: string;
  onChange: (day: string | null) => void;
}

function DayField({ label, value, none, onChange }: DayProps) {
  const { today, weekStart, locale } = usePerson();
  return (
    <div className="grid content-start gap-1">
      <span aria-hidden="true" className="text-sm text-quiet">
        {label}
      </span>
      <DateButton
        label={label}
        withTime={false}
        quick={pastDays(today)}
        none={none}
        value={value === undefined ? null : { date: value, time: null }}
        onChange={(chosen) => { onChange(chosen?.date ?? null); }}
        today={today}
        weekStart={weekStart}
        locale={locale}
      />
    </div>
  );
}
