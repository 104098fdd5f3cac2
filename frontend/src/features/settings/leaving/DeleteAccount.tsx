import { useState } from "react";
import { ViewLink } from "../../../address/ViewLink";
import { faultsOf } from "../../../api/problem";
import { TextField } from "../../../ui/Field";
import { Loaded } from "../Loaded";
import { useAsk, useOwner } from "../owner";
import { ProofFields, proofOf } from "../security/ProofFields";
import { useSecondFactor } from "../security/secondFactor";
import { fieldOf, SettingsForm } from "../SettingsForm";
import type { Proof } from "../types";
import { useSubmission } from "../useSubmission";
import * as say from "./words";

/** The end of an account: said in words, and meant, before it is asked for. */
export function DeleteAccount() {
  const ask = useAsk();
  const { user, unsent, onSignedOut } = useOwner();
  const factor = useSecondFactor();
  const [isOther, setOther] = useState(false); // what was typed is not the address
  const remove = useSubmission({
    send: (body: Proof) => ask("delete", "/api/me", { body }),
    onDone: onSignedOut,
  });
  return (
    <div className="grid max-w-xl gap-5">
      <p>
        {say.whatIsGone}
      </p>
      <p>
        {say.toKeepACopy(
          <ViewLink view={{ name: "settings", section: "export" }} className="link">{say.downloadEverything}</ViewLink>,
        )}
      </p>
      <Loaded query={factor} what={say.whatItTakes}>
        {({ enabled }) => (
          <SettingsForm
            label={say.deleteAccount}
            submit={say.deleteMyAccount}
            kind="danger"
            asking={remove}
            onSubmit={(form) => {
              const typed = fieldOf(form, "email").trim().toLowerCase() === user.email.toLowerCase();
              setOther(!typed);
              if (typed) remove.submit(proofOf(form));
            }}
          >
            {unsent === 0 ? null : (
              <label className="flex cursor-pointer items-start gap-3 rounded-md border-l-4 border-warn bg-raised px-3 py-2">
                <input type="checkbox" required className="mt-0.5 size-5 flex-none" />
                {say.givesUpUnsent(unsent)}
              </label>
            )}
            <TextField
              label={say.typeAddress}
              name="email"
              type="email"
              autoComplete="off"
              required
              hint={user.email}
              wrong={isOther ? say.yourAddressIs(user.email) : undefined}
            />
            <ProofFields withCode={enabled} wrong={faultsOf(remove.error)} />
          </SettingsForm>
        )}
      </Loaded>
    </div>
  );
}
