import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { ask } from "../../api/client";
import { Problem } from "../../api/problem";
import type { Credentials } from "../../api/types";
import { TextField } from "../../ui/Field";
import { AccountForm, fieldOf } from "./AccountForm";
import { EnterCode } from "./EnterCode";
import { Aside } from "./Outcome";
import { Provider } from "./provider";
import { signIn } from "./session";
import * as say from "./words";

interface Props {
  /** Whose session ended, when it did. */
  returning?: string | undefined;
  said?: string | undefined;
  onDone: () => void;
  onRegister: () => void;
  onForgotten: () => void;
}

const wantsCode = (error: Error | null): boolean => error instanceof Problem && error.kind === "CodeRequired";

export function LogIn({ returning, said, onDone, onRegister, onForgotten }: Props) {
  const client = useQueryClient();
  const [halfway, setHalfway] = useState<Credentials | null>(null); // the password was right, and now it takes a code
  const logIn = useMutation({
    mutationFn: (body: Credentials) => ask("post", "/api/auth/login", { body }),
    onSuccess: (user) => {
      onDone();
      signIn(client, user);
    },
    onError: (error, body) => {
      if (wantsCode(error)) setHalfway(body);
    },
  });
  const password = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (returning !== undefined) password.current?.focus();
  }, [returning]);

  if (halfway !== null) {
    return (
      <EnterCode
        busy={logIn.isPending}
        error={wantsCode(logIn.error) ? null : logIn.error}
        onEnter={(code) => {
          logIn.mutate({ ...halfway, code });
        }}
        onBack={() => {
          logIn.reset();
          setHalfway(null);
        }}
      />
    );
  }
  return (
    <AccountForm
      heading={say.logIn}
      explanation={returning === undefined ? undefined : say.sessionEnded}
      submit={say.logIn}
      busy={logIn.isPending}
      error={logIn.error}
      said={said}
      onSubmit={(form) => {
        logIn.mutate({ email: fieldOf(form, "email"), password: fieldOf(form, "password") });
      }}
      otherwise={
        <>
          <Provider />
          <Aside link={say.forgotYourPassword} onClick={onForgotten} />
          <Aside question={say.newHere} link={say.makeAnAccount} onClick={onRegister} />
        </>
      }
    >
      <TextField label={say.email} name="email" type="email" autoComplete="username" required defaultValue={returning} />
      <TextField ref={password} label={say.password} name="password" type="password" autoComplete="current-password" required />
    </AccountForm>
  );
}
