import { useQueryClient } from "@tanstack/react-query";
import { useRef } from "react";
import { faultsOf } from "../../../api/problem";
import { TextField } from "../../../ui/Field";
import { useAsk, useOwner } from "../owner";
import { fieldOf, SettingsForm } from "../SettingsForm";
import { useSubmission } from "../useSubmission";
import { SESSIONS } from "./Sessions";

interface Asked {
  current_password?: string;
  new_password: string;
}

export function Password() {
  const ask = useAsk();
  const { user, onUser } = useOwner();
  const client = useQueryClient();
  const fields = useRef<HTMLDivElement>(null);
  const change = useSubmission({
    send: (body: Asked) => ask("post", "/api/me/password", { body }),
    onDone: () => {
      fields.current?.querySelectorAll<HTMLInputElement>("input[type=password]").forEach((field) => {
        field.value = "";
      });
      void client.invalidateQueries({ queryKey: SESSIONS });
      if (!user.has_password) onUser({ ...user, has_password: true });
    },
  });
  const wrong = faultsOf(change.error);
  return (
    <SettingsForm
      label="Password"
      submit={user.has_password ? "Change my password" : "Set my password"}
      asking={change}
      done="That is your password now. Every other device is logged out."
      onSubmit={(form) => {
        const new_password = fieldOf(form, "new_password");
        change.submit(user.has_password ? { current_password: fieldOf(form, "current_password"), new_password } : { new_password });
      }}
    >
      <div ref={fields} className="grid gap-5">
        <p className="text-quiet">
          {user.has_password
            ? "With a new password every other device is logged out."
            : "So far you log in through your sign-in provider alone. With a password you can do either. This works within ten minutes of logging in."}
        </p>
        {/* So that a password manager knows whose password it keeps. */}
        <input type="text" name="username" autoComplete="username" value={user.email} readOnly hidden />
        {user.has_password ? (
          <TextField
            label="Current password"
            name="current_password"
            type="password"
            autoComplete="current-password"
            required
            wrong={wrong.current_password}
          />
        ) : null}
        <TextField
          label="New password"
          name="new_password"
          type="password"
          autoComplete="new-password"
          required
          minLength={10}
          hint="At least 10 characters."
          wrong={wrong.new_password}
        />
      </div>
    </SettingsForm>
  );
}
