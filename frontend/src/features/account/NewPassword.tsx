import { useMutation, useQueryClient } from "@tanstack/react-query";
import { ask } from "../../api/client";
import { faultsOf } from "../../api/problem";
import type { NewPasswordByMail } from "../../api/types";
import { AccountForm, fieldOf } from "./AccountForm";
import { ChosenPassword } from "./ChosenPassword";
import { Aside, Outcome } from "./Outcome";
import { checkSession } from "./session";
import * as say from "./words";

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
      <Outcome heading={say.yourPasswordIsNew}>
        <p className="text-quiet">{say.signedOutElsewhere}</p>
        <Aside link={say.logIn} onClick={onLogIn} />
      </Outcome>
    );
  }
  const wrong = faultsOf(set.error);
  if (wrong.token !== undefined) {
    return (
      <Outcome heading={say.linkIsOver}>
        <p className="text-quiet">{say.resetIsOver}</p>
        <Aside link={say.sendNewLink} onClick={onForgotten} />
      </Outcome>
    );
  }
  return (
    <AccountForm
      heading={say.setANewPassword}
      explanation={say.everybodyIsSignedOut}
      submit={say.setIt}
      busy={set.isPending}
      error={set.error}
      onSubmit={(form) => {
        set.mutate({ token, new_password: fieldOf(form, "password") });
      }}
    >
      <ChosenPassword label={say.newPassword} wrong={wrong.new_password} />
    </AccountForm>
  );
}
