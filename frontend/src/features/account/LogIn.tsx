import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { ask } from "../../api/client";
import type { Credentials } from "../../api/types";
import { TextField } from "../../ui/Field";
import { AccountForm, fieldOf } from "./AccountForm";
import { signIn } from "./session";

interface Props {
  /** Whose session ended, when it did. */
  returning?: string | undefined;
  onRegister: () => void;
}

export function LogIn({ returning, onRegister }: Props) {
  const client = useQueryClient();
  const logIn = useMutation({
    mutationFn: (body: Credentials) => ask("post", "/api/auth/login", { body }),
    onSuccess: (user) => {
      signIn(client, user);
    },
  });
  const password = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (returning !== undefined) password.current?.focus();
  }, [returning]);

  return (
    <AccountForm
      heading="Log in"
      explanation={returning === undefined ? undefined : "Your session has ended. Log in again to carry on where you were."}
      submit="Log in"
      busy={logIn.isPending}
      error={logIn.error}
      onSubmit={(form) => {
        logIn.mutate({ email: fieldOf(form, "email"), password: fieldOf(form, "password") });
      }}
      otherwise={
        <p className="text-quiet">
          New here?{" "}
          <button type="button" className="link" onClick={onRegister}>
            Make an account
          </button>
        </p>
      }
    >
      <TextField label="E-mail" name="email" type="email" autoComplete="username" required defaultValue={returning} />
      <TextField ref={password} label="Password" name="password" type="password" autoComplete="current-password" required />
    </AccountForm>
  );
}
