import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { faultsOf } from "../../../api/problem";
import { Button } from "../../../ui/Button";
import { useAsk } from "../owner";
import { useSectionTop } from "../sectionTop";
import { SettingsForm } from "../SettingsForm";
import type { Proof } from "../types";
import { useSubmission } from "../useSubmission";
import { ProofFields, proofOf } from "./ProofFields";
import { SECOND_FACTOR } from "./secondFactor";
import * as say from "./words";

interface Props {
  /** Recovery codes that were not used yet. */
  left: number;
  onCodes: (codes: readonly string[]) => void;
}

export function ManageFactor({ left, onCodes }: Props) {
  const [doing, setDoing] = useState<"codes" | "off" | null>(null);
  const toTop = useSectionTop();
  const cancel = () => {
    setDoing(null);
    toTop();
  };
  return (
    <div className="grid max-w-xl gap-6">
      <p>
        {say.twoStepIsOn} {leftInWords(left)}
      </p>
      {doing === "codes" ? <NewCodes onCodes={onCodes} onCancel={cancel} /> : null}
      {doing === "off" ? <SwitchOff onCancel={cancel} /> : null}
      {doing === null ? (
        <div className="flex flex-wrap gap-2">
          <Button
            onClick={() => {
              setDoing("codes");
            }}
          >
            {say.newRecoveryCodes}
          </Button>
          <Button
            kind="danger"
            onClick={() => {
              setDoing("off");
            }}
          >
            {say.switchItOff}
          </Button>
        </div>
      ) : null}
    </div>
  );
}

function leftInWords(left: number): string {
  if (left === 0) return say.noCodesLeft;
  return left === 1 ? say.oneCodeLeft : say.codesLeft(left);
}

const both = ({ password, code }: Proof) => ({ password: password ?? null, code: code ?? "" });

function NewCodes({ onCodes, onCancel }: { onCodes: (codes: readonly string[]) => void; onCancel: () => void }) {
  const ask = useAsk();
  const renew = useSubmission({
    send: (proof: Proof) => ask("post", "/api/me/second-factor/recovery-codes", { body: both(proof) }),
    onDone: ({ recovery_codes }) => {
      onCodes(recovery_codes);
    },
  });
  return (
    <SettingsForm
      label={say.newRecoveryCodes}
      submit={say.showMeNewCodes}
      asking={renew}
      onSubmit={(form) => {
        renew.submit(proofOf(form));
      }}
      beside={<Button onClick={onCancel}>{say.cancel}</Button>}
    >
      <p className="text-quiet">{say.oldCodesStop}</p>
      <ProofFields withCode wrong={faultsOf(renew.error)} />
    </SettingsForm>
  );
}

function SwitchOff({ onCancel }: { onCancel: () => void }) {
  const ask = useAsk();
  const client = useQueryClient();
  const toTop = useSectionTop();
  const off = useSubmission({
    send: (proof: Proof) => ask("post", "/api/me/second-factor/off", { body: both(proof) }),
    onDone: () => {
      toTop();
      void client.invalidateQueries({ queryKey: SECOND_FACTOR });
    },
  });
  return (
    <SettingsForm
      label={say.switchOffTwoStep}
      submit={say.switchItOff}
      kind="danger"
      asking={off}
      onSubmit={(form) => {
        off.submit(proofOf(form));
      }}
      beside={<Button onClick={onCancel}>{say.cancel}</Button>}
    >
      <p className="text-quiet">{say.passwordAlone}</p>
      <ProofFields withCode wrong={faultsOf(off.error)} />
    </SettingsForm>
  );
}
