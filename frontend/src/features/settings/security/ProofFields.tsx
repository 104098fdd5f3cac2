import { CodeField } from "../../../ui/CodeField";
import { TextField } from "../../../ui/Field";
import { useOwner } from "../owner";
import { fieldOf } from "../SettingsForm";
import type { Proof } from "../types";
import * as say from "./words";

interface Props {
  /** Whether an account with two steps is asked for both of them. */
  withCode: boolean;
  wrong: Readonly<Record<string, string>>;
}

/** That it is still the same person: their password, where they have one, and a code, where they set one up. */
export function ProofFields({ withCode, wrong }: Props) {
  const { user } = useOwner();
  return (
    <>
      {/* So that a password manager knows whose password it is asked for. */}
      <input type="text" name="username" autoComplete="username" value={user.email} readOnly hidden />
      {user.has_password ? (
        <TextField label={say.yourPassword} name="password" type="password" autoComplete="current-password" required wrong={wrong.password} />
      ) : (
        <p className="text-sm text-quiet">{say.noPassword}</p>
      )}
      {withCode ? <CodeField wrong={wrong.code} /> : null}
    </>
  );
}

/** What was said in them. */
export function proofOf(form: FormData): Proof {
  const password = form.has("password") ? { password: fieldOf(form, "password") } : {};
  return form.has("code") ? { ...password, code: fieldOf(form, "code") } : password;
}
