import { useQueryClient } from "@tanstack/react-query";
import { useRef } from "react";
import { faultsOf } from "../../../api/problem";
import { TextField } from "../../../ui/Field";
import { useAsk, useOwner } from "../owner";
import { fieldOf, SettingsForm } from "../SettingsForm";
import { useSubmission } from "../useSubmission";
import { SESSIONS } from "./Sessions";
import * as say from "./words";

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
      label={say.password}
      submit={user.has_password ? say.changeMyPassword : say.setMyPassword}
      asking={change}
      done={say.passwordIsSet}
      onSubmit={(form) => {
        const new_password = fieldOf(form, "new_password");
        change.submit(user.has_password ? { current_password: fieldOf(form, "current_password"), new_password } : { new_password });
      }}
    >
      <div ref={fields} className="grid gap-5">
        <p className="text-quiet">
          {user.has_password
            ? say.othersLoggedOut
            : say.soFarByProvider}
        </p>
        {/* So that a password manager knows whose password it keeps. */}
        <input type="text" name="username" autoComplete="username" value={user.email} readOnly hidden />
        {user.has_password ? (
          <TextField
            label={say.currentPassword}
            name="current_password"
            type="password"
            autoComplete="current-password"
            required
            wrong={wrong.current_password}
          />
        ) : null}
        <TextField
          label={say.newPassword}
          name="new_password"
          type="password"
          autoComplete="new-password"
          required
          minLength={10}
          hint={say.atLeastTen}
          wrong={wrong.new_password}
        />
      </div>
    </SettingsForm>
  );
}
