import { useMutation } from "@tanstack/react-query";
import { ask } from "../../api/client";
import { faultsOf } from "../../api/problem";
import { TextField } from "../../ui/Field";
import { AccountForm, fieldOf } from "./AccountForm";
import { Aside, Outcome } from "./Outcome";
import * as say from "./words";

/** Asks for a mail with a link. Whether there is such an account, nobody here learns. */
export function ForgottenPassword({ known, onLogIn }: { known: string | undefined; onLogIn: () => void }) {
  const send = useMutation({ mutationFn: (email: string) => ask("post", "/api/auth/reset", { body: { email } }) });
  if (send.data !== undefined) {
    return (
      <Outcome heading={say.lookAtYourMail}>
        <p className="text-quiet">{send.data.detail} {say.linkIsGoodFor}</p>
        <Aside link={say.logIn} onClick={onLogIn} />
      </Outcome>
    );
  }
  return (
    <AccountForm
      heading={say.forgotYourPassword}
      explanation={say.sayYourAddress}
      submit={say.sendLink}
      busy={send.isPending}
      error={send.error}
      onSubmit={(form) => {
        send.mutate(fieldOf(form, "email"));
      }}
      otherwise={<Aside question={say.rememberedIt} link={say.logIn} onClick={onLogIn} />}
    >
      <TextField
        label={say.email}
        name="email"
        type="email"
        autoComplete="username"
        required
        defaultValue={known}
        wrong={faultsOf(send.error).email}
      />
    </AccountForm>
  );
}
