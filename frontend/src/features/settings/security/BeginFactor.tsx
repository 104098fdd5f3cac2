import { faultsOf } from "../../../api/problem";
import { useAsk } from "../owner";
import { SettingsForm } from "../SettingsForm";
import type { BegunFactor, Proof } from "../types";
import { useSubmission } from "../useSubmission";
import { ProofFields, proofOf } from "./ProofFields";
import * as say from "./words";

export function BeginFactor({ onBegun }: { onBegun: (begun: BegunFactor) => void }) {
  const ask = useAsk();
  const begin = useSubmission({
    send: ({ password }: Proof) => ask("post", "/api/me/second-factor", { body: { password: password ?? null } }),
    onDone: onBegun,
    repeatable: true, // until a code confirms it, a secret is worth nothing, and the next takes its place
  });
  return (
    <SettingsForm
      label={say.setUpTwoStep}
      submit={say.setItUp}
      asking={begin}
      onSubmit={(form) => {
        begin.submit(proofOf(form));
      }}
    >
      <p>
        {say.twoStepIsOff}
      </p>
      <ProofFields withCode={false} wrong={faultsOf(begin.error)} />
    </SettingsForm>
  );
}
