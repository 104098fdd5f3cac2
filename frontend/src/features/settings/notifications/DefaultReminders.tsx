import { SelectField } from "../../../ui/Field";
import { useOwner } from "../owner";
import type { Preferences } from "../types";
import { chosenOf, dayChoices, timedChoices } from "./remindersInWords";
import { TimeField } from "./TimeSwitch";
import * as say from "./words";

type Reminders = Preferences["default_reminders"];

const MORNING = "09:00";

/** What a new task gets that says nothing of reminders. */
export function DefaultReminders({ value, given, onChange }: { value: Reminders; given: Reminders; onChange: (value: Reminders) => void }) {
  const { locale } = useOwner().user;
  const { all_day } = value;
  const choices = timedChoices(given.timed, locale);
  return (
    <fieldset className="grid gap-4">
      <legend className="mb-2 text-sm text-quiet">{say.remindedUnless}</legend>
      <SelectField
        label={say.withTime}
        value={chosenOf(choices, value.timed, locale)}
        onChange={(event) => {
          onChange({ ...value, timed: choices.find((choice) => choice.value === event.target.value)?.reminder ?? null });
        }}
      >
        {choices.map((choice) => (
          <option key={choice.value} value={choice.value}>
            {choice.words}
          </option>
        ))}
      </SelectField>
      <div className="flex flex-wrap gap-4">
        <SelectField
          className="grow"
          label={say.withDayAlone}
          value={all_day === null ? "" : String(all_day.days)}
          onChange={(event) => {
            const days = event.target.value;
            onChange({ ...value, all_day: days === "" ? null : { kind: "days_before", days: Number(days), at: all_day?.at ?? MORNING } });
          }}
        >
          {dayChoices(given.all_day?.days ?? null, locale).map((choice) => (
            <option key={choice.value} value={choice.value}>
              {choice.words}
            </option>
          ))}
        </SelectField>
        {all_day === null ? null : (
          <TimeField
            label={say.at}
            value={(all_day.at ?? MORNING).slice(0, 5)}
            wrong={undefined}
            onChange={(at) => {
              onChange({ ...value, all_day: { ...all_day, at } });
            }}
          />
        )}
      </div>
    </fieldset>
  );
}
