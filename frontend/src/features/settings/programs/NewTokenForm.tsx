import { faultsOf, Unreachable } from "../../../api/problem";
import { Field, TextField } from "../../../ui/Field";
import { useAsk } from "../owner";
import { fieldOf, SettingsForm } from "../SettingsForm";
import type { CreatedToken, NewToken, Scope } from "../types";
import { useSubmission } from "../useSubmission";
import { lives, scopes } from "./scopes";
import * as say from "./words";

interface Props {
  onMade: (token: CreatedToken) => void;
  /** It may have been made, and its answer lost. */
  onUnheard: () => void;
}

export function NewTokenForm({ onMade, onUnheard }: Props) {
  const ask = useAsk();
  const create = useSubmission({
    send: (body: NewToken) => ask("post", "/api/tokens", { body }),
    onDone: onMade,
    onFailed: (error) => {
      if (error instanceof Unreachable) onUnheard();
    },
  });
  const wrong = faultsOf(create.error);
  return (
    <SettingsForm
      label={say.newToken}
      submit={say.createTheToken}
      asking={create}
      onSubmit={(form) => {
        const days = fieldOf(form, "expires");
        create.submit({
          name: fieldOf(form, "name"),
          scopes: form.getAll("scopes") as Scope[],
          expires_in_days: days === "" ? null : Number(days),
        });
      }}
    >
      <TextField label={say.name} name="name" required maxLength={100} autoComplete="off" hint={say.whoseName} wrong={wrong.name} />
      <fieldset aria-describedby={wrong.scopes === undefined ? undefined : "scopes-wrong"}>
        <legend className="text-sm text-quiet">{say.itMay}</legend>
        {scopes.map(({ scope, name, explanation }) => (
          <label key={scope} className="flex cursor-pointer items-start gap-3 py-1.5 pointer-coarse:py-3">
            <input
              type="checkbox"
              name="scopes"
              value={scope}
              defaultChecked={scope === "tasks:read"}
              aria-label={name}
              aria-describedby={`scope-${scope}`}
              className="mt-0.5 size-5 flex-none"
            />
            <span>
              {name}
              <span id={`scope-${scope}`} className="block text-sm text-quiet">
                {explanation}
              </span>
            </span>
          </label>
        ))}
        {wrong.scopes === undefined ? null : (
          <p id="scopes-wrong" className="text-sm text-warn">
            {say.chooseAtLeastOne}
          </p>
        )}
      </fieldset>
      <Field label={say.itEnds} wrong={wrong.expires_in_days}>
        {(told) => (
          <select {...told} name="expires" className="box" defaultValue="90">
            {lives.map(({ days, name }) => (
              <option key={name} value={days ?? ""}>
                {name}
              </option>
            ))}
          </select>
        )}
      </Field>
      {create.error instanceof Unreachable ? (
        <p className="text-sm text-quiet">{say.perhapsCreated}</p>
      ) : null}
    </SettingsForm>
  );
}
