import { useEffect, useRef } from "react";
import { TextField } from "../../ui/Field";
import { AccountForm, fieldOf } from "./AccountForm";
import { Aside } from "./Outcome";

interface Props {
  busy: boolean;
  error: Error | null;
  onEnter: (code: string) => void;
  onBack: () => void;
}

/** The second step of logging in, where an account has a second factor. */
export function EnterCode({ busy, error, onEnter, onBack }: Props) {
  const code = useRef<HTMLInputElement>(null);
  useEffect(() => {
    code.current?.focus();
  }, []);
  return (
    <AccountForm
      heading="Enter your code"
      submit="Log in"
      busy={busy}
      error={error}
      onSubmit={(form) => {
        onEnter(fieldOf(form, "code"));
      }}
      otherwise={<Aside question="Not you?" link="Start again" onClick={onBack} />}
    >
      <TextField
        ref={code}
        label="Code"
        name="code"
        autoComplete="one-time-code"
        autoCapitalize="none"
        spellCheck={false}
        required
        maxLength={40}
        hint="From your authenticator, or one of your recovery codes."
      />
    </AccountForm>
  );
}
