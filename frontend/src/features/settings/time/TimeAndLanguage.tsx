import { useState } from "react";
import { faultsOf } from "../../../api/problem";
import { Button } from "../../../ui/Button";
import { Field } from "../../../ui/Field";
import { useOwner } from "../owner";
import { useProfileChange } from "../person/profileChange";
import { SettingsForm } from "../SettingsForm";
import type { WeekDay } from "../types";
import { localesToChoose, weekDayInWords, weekDays } from "./locales";
import { Preview } from "./Preview";
import * as say from "./words";
import { ZonePicker } from "./ZonePicker";
import { zoneInWords } from "./zones";

const here = Intl.DateTimeFormat().resolvedOptions().timeZone;

export default function TimeAndLanguage() {
  const { user } = useOwner();
  const [zone, setZone] = useState(user.zone);
  const [locale, setLocale] = useState(user.locale);
  const [weekStart, setWeekStart] = useState<WeekDay>(user.week_start);
  const change = useProfileChange();
  const wrong = faultsOf(change.error);
  const choose = <T,>(set: (value: T) => void) => (value: T) => {
    if (change.isSuccess) change.reset();
    set(value);
  };
  return (
    <SettingsForm
      label={say.timeAndLanguage}
      submit={say.save}
      asking={change}
      done={say.saved}
      onSubmit={() => {
        change.submit({ zone, locale, week_start: weekStart });
      }}
    >
      <div className="grid gap-2">
        <ZonePicker value={zone} wrong={wrong.zone} onChange={choose(setZone)} />
        {here === zone ? null : (
          <p className="flex flex-wrap items-center gap-x-3 gap-y-1 text-sm">
            {say.thisDeviceIsIn(zoneInWords(here))}
            <Button
              onClick={() => {
                choose(setZone)(here);
              }}
            >
              {say.useThat}
            </Button>
          </p>
        )}
        <div role="status" className="empty:hidden">{zone === user.zone ? null : <WhatMoves from={user.zone} to={zone} />}</div>
      </div>
      <Field label={say.localeOf} wrong={wrong.locale}>
        {(told) => (
          <select
            {...told}
            className="box"
            value={locale}
            onChange={(event) => {
              setLocale(event.target.value);
            }}
          >
            {localesToChoose(user.locale, navigator.languages).map(({ tag, name }) => (
              <option key={tag} value={tag}>
                {name}
              </option>
            ))}
          </select>
        )}
      </Field>
      <Field label={say.theWeekBeginsOn} wrong={wrong.week_start}>
        {(told) => (
          <select
            {...told}
            className="box"
            value={weekStart}
            onChange={(event) => {
              setWeekStart(event.target.value as WeekDay);
            }}
          >
            {weekDays.map((day) => (
              <option key={day} value={day}>
                {weekDayInWords(day, "en-GB")}
              </option>
            ))}
          </select>
        )}
      </Field>
      <Preview zone={zone} locale={locale} weekStart={weekStart} />
    </SettingsForm>
  );
}

/** Said before it is saved: another zone means another moment for whatever is due by the clock on the wall. */
function WhatMoves({ from, to }: { from: string; to: string }) {
  return (
    <p className="rounded-md border-l-4 border-accent bg-raised px-3 py-2 text-sm">
      {say.whatBecomesOfTimes(zoneInWords(from), zoneInWords(to))}
    </p>
  );
}
