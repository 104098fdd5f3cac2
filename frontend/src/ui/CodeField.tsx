import type { Ref } from "react";
import { TextField } from "./Field";
import * as say from "./words";

/** The second step of logging in. */
export function CodeField({ wrong, ref }: { wrong?: string | undefined; ref?: Ref<HTMLInputElement> }) {
  return (
    <TextField
      ref={ref}
      label={say.code}
      name="code"
      autoComplete="one-time-code"
      autoCapitalize="none"
      spellCheck={false}
      required
      maxLength={40}
      hint={say.fromYourAuthenticator}
      wrong={wrong}
    />
  );
}
