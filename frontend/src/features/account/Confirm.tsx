import { useMutation, useQueryClient } from "@tanstack/react-query";
import { ask } from "../../api/client";
import { faultsOf } from "../../api/problem";
import type { Confirmation } from "../../api/types";
import { TextField } from "../../ui/Field";
import { AccountForm, fieldOf } from "./AccountForm";
import { Aside, Outcome } from "./Outcome";
import { signIn } from "./session";
import * as say from "./words";

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
      <Outcome heading={say.linkIsOver}>
        <p className="text-quiet">{say.confirmationIsOver}</p>
        <Aside link={say.logIn} onClick={onDone} />
        <Aside question={say.ifNot} link={say.makeAnAccount} onClick={onRegister} />
      </Outcome>
    );
  }
  return (
    <AccountForm
      heading={say.confirmYourAccount}
      explanation={say.enterChosenPassword}
      submit={say.confirm}
      busy={confirm.isPending}
      error={confirm.error}
      onSubmit={(form) => {
        confirm.mutate({ token, password: fieldOf(form, "password") });
      }}
    >
      <TextField label={say.password} name="password" type="password" autoComplete="current-password" required />
    </AccountForm>
  );
}
