import { TextField } from "../../ui/Field";
import * as say from "./words";

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
      hint={say.atLeastTen}
      wrong={wrong}
    />
  );
}
