import { useMutation, useQueryClient } from "@tanstack/react-query";
import { ask } from "../../api/client";
import { faultsOf } from "../../api/problem";
import type { Confirmation } from "../../api/types";
import { TextField } from "../../ui/Field";
import { AccountForm, fieldOf } from "./AccountForm";
import { Aside, Outcome } from "./Outcome";
import { signIn } from "./session";

interface Props {
  token: string;
  onDone: () => void;
  onRegister: () => void;
}

/** Where the link leads that a new account's mail has in it. */
export function Confirm({ token, onDone, onRegister }: Props) {
  const client = useQueryClient();
  const confirm = useMutation({
    mutationFn: (body: Confirmation) => ask("post", "/api/auth/register/confirm", { body }),
    onSuccess: (user) => {
      onDone();
      signIn(client, user);
    },
  });
  if (faultsOf(confirm.error).token !== undefined) {
    return (
      <Outcome heading="This link no longer works">
        <p className="text-quiet">It works once, for a day. If you opened it before, your account is there, and you can log in.</p>
        <Aside link="Log in" onClick={onDone} />
        <Aside question="If not:" link="Make an account" onClick={onRegister} />
      </Outcome>
    );
  }
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
