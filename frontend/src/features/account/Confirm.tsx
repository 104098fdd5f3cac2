import { useMutation, useQueryClient } from "@tanstack/react-query";
import { ask } from "../../api/client";
import type { Confirmation } from "../../api/types";
import { TextField } from "../../ui/Field";
import { AccountForm, fieldOf } from "./AccountForm";
import { signIn } from "./session";

/** Where the link leads that a new account's mail has in it. */
export function Confirm({ token, onDone }: { token: string; onDone: () => void }) {
  const client = useQueryClient();
  const confirm = useMutation({
    mutationFn: (body: Confirmation) => ask("post", "/api/auth/register/confirm", { body }),
    onSuccess: (user) => {
      onDone();
      signIn(client, user);
    },
  });
  return (
    <AccountForm
      heading="Confirm your account"
      explanation="Enter the password you chose, and you are in."
      submit="Confirm"
      busy={confirm.isPending}
      error={confirm.error}
      onSubmit={(form) => {
        confirm.mutate({ token, password: fieldOf(form, "password") });
      }}
    >
      <TextField label="Password" name="password" type="password" autoComplete="current-password" required />
    </AccountForm>
  );
}
