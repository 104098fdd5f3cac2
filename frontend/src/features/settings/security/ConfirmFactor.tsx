import { lazy, Suspense, useEffect, useRef } from "react";
import { faultsOf } from "../../../api/problem";
import { Button } from "../../../ui/Button";
import { TextField } from "../../../ui/Field";
import { patiently } from "../../../ui/patiently";
import { useAsk } from "../owner";
import { fieldOf, SettingsForm } from "../SettingsForm";
import { Secret } from "../ShownOnce";
import type { BegunFactor } from "../types";
import { useSubmission } from "../useSubmission";
import * as say from "./words";

const QrCode = lazy(patiently(() => import("./QrCode")));

interface Props {
  begun: BegunFactor;
  onDone: (recoveryCodes: readonly string[]) => void;
  onCancel: () => void;
}

/** Nothing is asked for at the door until a code has shown that the authenticator has the secret. */
export function ConfirmFactor({ begun, onDone, onCancel }: Props) {
  const ask = useAsk();
  const top = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    top.current?.focus();
  }, []);
  const confirm = useSubmission({
    send: (code: string) => ask("post", "/api/me/second-factor/confirm", { body: { code } }),
    onDone: ({ recovery_codes }) => {
      onDone(recovery_codes);
    },
  });
  return (
    <SettingsForm
      label={say.confirmTwoStep}
      submit={say.switchItOn}
      asking={confirm}
      onSubmit={(form) => {
        confirm.submit(fieldOf(form, "code"));
      }}
      beside={<Button onClick={onCancel}>{say.cancel}</Button>}
    >
      <h3 ref={top} tabIndex={-1} className="scroll-mt-20 font-display text-lg outline-none">
        {say.tellYourAuthenticator}
      </h3>
      <p>
        {say.scanOrType(
          <a className="link" href={begun.uri}>{say.openItThere}</a>,
        )}
      </p>
      <Suspense fallback={<div className="size-52 max-w-full rounded-md bg-wash" />}>
        <QrCode text={begun.uri} label={say.qrCode} />
      </Suspense>
      <Secret secret={inFours(begun.secret)} name="secret" />
      <TextField
        label={say.code}
        name="code"
        inputMode="numeric"
        autoComplete="one-time-code"
        required
        maxLength={40}
        hint={say.sixDigits}
        wrong={faultsOf(confirm.error).code}
      />
    </SettingsForm>
  );
}

/** Easier to type; authenticators ignore the spaces. */
const inFours = (secret: string): string => secret.match(/.{1,4}/g)?.join(" ") ?? secret;
