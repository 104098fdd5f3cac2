import { useMutation, useQueryClient } from "@tanstack/react-query";
import { ask } from "../../api/client";
import { faultsOf } from "../../api/problem";
import type { Registration } from "../../api/types";
import { TextField } from "../../ui/Field";
import { AccountForm, fieldOf } from "./AccountForm";
import { ChosenPassword } from "./ChosenPassword";
import { Aside, Outcome } from "./Outcome";
import { Provider } from "./provider";
import { signIn } from "./session";
import * as say from "./words";

export function Register({ onLogIn }: { onLogIn: () => void }) {
  const client = useQueryClient();
  const register = useMutation({
    mutationFn: (body: Registration) => ask("post", "/api/auth/register", { body }),
    onSuccess: (made) => {
      if ("id" in made) signIn(client, made);
    },
  });
  if (register.data !== undefined && !("id" in register.data)) return <InTheMail said={register.data.detail} onLogIn={onLogIn} />;
  const wrong = faultsOf(register.error);
  return (
    <AccountForm
      heading={say.makeAnAccount}
      submit={say.makeMyAccount}
      busy={register.isPending}
      error={register.error}
      onSubmit={(form) => {
        const name = fieldOf(form, "name").trim();
        register.mutate({
          email: fieldOf(form, "email"),
          password: fieldOf(form, "password"),
          zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
          ...(name === "" ? {} : { name }),
        });
      }}
      otherwise={
        <>
          <Provider />
          <Aside question={say.haveAnAccount} link={say.logIn} onClick={onLogIn} />
        </>
      }
    >
      <TextField label={say.nameOptional} name="name" autoComplete="name" maxLength={200} wrong={wrong.name} />
      <TextField label={say.email} name="email" type="email" autoComplete="username" required wrong={wrong.email} />
      <ChosenPassword label={say.password} wrong={wrong.password} />
    </AccountForm>
  );
}

/** Where accounts are confirmed by mail, nothing here tells whether there is one already. */
function InTheMail({ said, onLogIn }: { said: string; onLogIn: () => void }) {
  return (
    <Outcome heading={say.lookAtYourMail}>
      <p className="text-quiet">{said}</p>
      <Aside link={say.logIn} onClick={onLogIn} />
    </Outcome>
  );
}
