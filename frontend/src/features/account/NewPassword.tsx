import { useMutation, useQueryClient } from "@tanstack/react-query";
import { ask } from "../../api/client";
import { faultsOf } from "../../api/problem";
import type { NewPasswordByMail } from "../../api/types";
import { AccountForm, fieldOf } from "./AccountForm";
import { ChosenPassword } from "./ChosenPassword";
import { Aside, Outcome } from "./Outcome";
import { checkSession } from "./session";

interface Props {
  token: string;
  onLogIn: () => void;
  onForgotten: () => void;
}

/** Where the link leads that whoever forgot a password was sent. */
export function NewPassword({ token, onLogIn, onForgotten }: Props) {
  const client = useQueryClient();
  const set = useMutation({
    mutationFn: (body: NewPasswordByMail) => ask("post", "/api/auth/reset/confirm", { body }),
    onSuccess: () => {
      checkSession(client); // if it was this account's, it has ended with all others
    },
  });
  if (set.isSuccess) {
    return (
      <Outcome heading="Your password is new">
        <p className="text-quiet">Wherever this account was signed in, it is no longer. Log in with your new password.</p>
        <Aside link="Log in" onClick={onLogIn} />
      </Outcome>
    );
  }
  const wrong = faultsOf(set.error);
  if (wrong.token !== undefined) {
    return (
      <Outcome heading="This link no longer works">
        <p className="text-quiet">It works once, for an hour, and as long as no other one was used.</p>
        <Aside link="Send me a new link" onClick={onForgotten} />
      </Outcome>
    );
  }
  return (
    <AccountForm
      heading="Set a new password"
      explanation="With it everybody who is signed in to your account is signed out."
      submit="Set it"
      busy={set.isPending}
      error={set.error}
      onSubmit={(form) => {
        set.mutate({ token, new_password: fieldOf(form, "password") });
      }}
    >
      <ChosenPassword label="New password" wrong={wrong.new_password} />
    </AccountForm>
  );
}
