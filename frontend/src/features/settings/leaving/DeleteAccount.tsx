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
    <Loaded query={factor} what="How you log in">
      {({ enabled }) => (
        <SettingsForm
          label="Delete account"
          submit="Delete my account"
          kind="danger"
          asking={remove}
          onSubmit={(form) => {
            const typed = fieldOf(form, "email").trim().toLowerCase() === user.email.toLowerCase();
            setOther(!typed);
            if (typed) remove.submit(proofOf(form));
          }}
        >
          <p>
            Your tasks, lists and everything else here are gone with it, for good. Every device is logged out, tokens and webhooks end, and your address
            is free for a new account.
          </p>
          <p>
            To keep a copy,{" "}
            <ViewLink view={{ name: "settings", section: "export" }} className="link">
              download everything
            </ViewLink>{" "}
            first.
          </p>
          {unsent === 0 ? null : (
            <label className="flex cursor-pointer items-start gap-3 rounded-md border-l-4 border-warn bg-raised px-3 py-2">
              <input type="checkbox" required className="mt-0.5 size-5 flex-none" />
              {unsent === 1 ? "One change made in this browser has" : `${unsent} changes made in this browser have`} not been sent yet, and so will be in no
              copy. I know, and give that up.
            </label>
          )}
          <TextField
            label="Type your e-mail address"
            name="email"
            type="email"
            autoComplete="off"
            required
            hint={user.email}
            wrong={isOther ? `Your address is ${user.email}.` : undefined}
          />
          <ProofFields withCode={enabled} wrong={faultsOf(remove.error)} />
        </SettingsForm>
      )}
    </Loaded>
  );
}
