import { faultsOf } from "../../../api/problem";
import { useAsk } from "../owner";
import { SettingsForm } from "../SettingsForm";
import type { BegunFactor, Proof } from "../types";
import { useSubmission } from "../useSubmission";
import { ProofFields, proofOf } from "./ProofFields";

export function BeginFactor({ onBegun }: { onBegun: (begun: BegunFactor) => void }) {
  const ask = useAsk();
  const begin = useSubmission({
    send: ({ password }: Proof) => ask("post", "/api/me/second-factor", { body: { password: password ?? null } }),
    onDone: onBegun,
    repeatable: true, // until a code confirms it, a secret is worth nothing, and the next takes its place
  });
  return (
    <SettingsForm
      label="Set up two-step login"
      submit="Set it up"
      asking={begin}
      onSubmit={(form) => {
        begin.submit(proofOf(form));
      }}
    >
      <p>
        Two-step login is <strong>off</strong>. With it, logging in takes your password and a code from an authenticator app on your phone, so that
        whoever finds out the password still stays outside.
      </p>
      <ProofFields withCode={false} wrong={faultsOf(begin.error)} />
    </SettingsForm>
  );
}
