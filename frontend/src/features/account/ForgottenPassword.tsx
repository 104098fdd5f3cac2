import { useMutation } from "@tanstack/react-query";
import { ask } from "../../api/client";
import { faultsOf } from "../../api/problem";
import { TextField } from "../../ui/Field";
import { AccountForm, fieldOf } from "./AccountForm";
import { Aside, Outcome } from "./Outcome";

/** Asks for a mail with a link. Whether there is such an account, nobody here learns. */
export function ForgottenPassword({ known, onLogIn }: { known: string | undefined; onLogIn: () => void }) {
  const send = useMutation({ mutationFn: (email: string) => ask("post", "/api/auth/reset", { body: { email } }) });
  if (send.data !== undefined) {
    return (
      <Outcome heading="Look at your mail">
        <p className="text-quiet">{send.data.detail} The link in it is good for an hour.</p>
        <Aside link="Log in" onClick={onLogIn} />
      </Outcome>
    );
  }
  return (
    <AccountForm
      heading="Forgot your password?"
      explanation="Say the address of your account. You get a mail with a link by which you set a new password."
      submit="Send me the link"
      busy={send.isPending}
      error={send.error}
      onSubmit={(form) => {
        send.mutate(fieldOf(form, "email"));
      }}
      otherwise={<Aside question="Remembered it?" link="Log in" onClick={onLogIn} />}
    >
      <TextField
        label="E-mail"
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
