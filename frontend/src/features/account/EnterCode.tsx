import { useEffect, useRef } from "react";
import { CodeField } from "../../ui/CodeField";
import { AccountForm, fieldOf } from "./AccountForm";
import { Aside } from "./Outcome";
import * as say from "./words";

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
      heading={say.enterYourCode}
      submit={say.logIn}
      busy={busy}
      error={error}
      onSubmit={(form) => {
        onEnter(fieldOf(form, "code"));
      }}
      otherwise={<Aside question={say.notYou} link={say.startAgain} onClick={onBack} />}
    >
      <CodeField ref={code} />
    </AccountForm>
  );
}
