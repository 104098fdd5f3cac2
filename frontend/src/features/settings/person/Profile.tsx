import { faultsOf } from "../../../api/problem";
import { TextField } from "../../../ui/Field";
import { useMoments, useOwner } from "../owner";
import { fieldOf, SettingsForm } from "../SettingsForm";
import { useProfileChange } from "./profileChange";

export function Profile() {
  const { user } = useOwner();
  const moment = useMoments();
  const change = useProfileChange();
  return (
    <div className="grid gap-8">
      <SettingsForm
        label="Profile"
        submit="Save"
        asking={change}
        done="Saved."
        onSubmit={(form) => {
          change.submit({ name: fieldOf(form, "name") });
        }}
      >
        <TextField
          label="Name"
          name="name"
          autoComplete="name"
          maxLength={200}
          defaultValue={user.name}
          hint="Shown at the top of the page and in mails to you."
          wrong={faultsOf(change.error).name}
        />
      </SettingsForm>
      <dl className="grid gap-4">
        <div>
          <dt className="text-sm text-quiet">E-mail</dt>
          <dd className="wrap-anywhere">{user.email}</dd>
          <dd className="text-sm text-quiet">You log in with it, and mails go there. It stays as it is for as long as the account does.</dd>
        </div>
        <div>
          <dt className="text-sm text-quiet">Here since</dt>
          <dd>{moment(user.created_at)}</dd>
        </div>
      </dl>
    </div>
  );
}
