import { TextField } from "../../ui/Field";

/** A password that is given to an account from now on. */
export function ChosenPassword({ label, wrong }: { label: string; wrong: string | undefined }) {
  return (
    <TextField
      label={label}
      name="password"
      type="password"
      autoComplete="new-password"
      required
      minLength={10}
      hint="At least 10 characters."
      wrong={wrong}
    />
  );
}
