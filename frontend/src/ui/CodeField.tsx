import type { Ref } from "react";
import { TextField } from "./Field";

/** The second step of logging in. */
export function CodeField({ wrong, ref }: { wrong?: string | undefined; ref?: Ref<HTMLInputElement> }) {
  return (
    <TextField
      ref={ref}
      label="Code"
      name="code"
      autoComplete="one-time-code"
      autoCapitalize="none"
      spellCheck={false}
      required
      maxLength={40}
      hint="From your authenticator, or one of your recovery codes."
      wrong={wrong}
    />
  );
}
