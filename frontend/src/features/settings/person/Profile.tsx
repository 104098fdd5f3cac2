import { faultsOf } from "../../../api/problem";
import { TextField } from "../../../ui/Field";
import { useMoments, useOwner } from "../owner";
import { fieldOf, SettingsForm } from "../SettingsForm";
import { useProfileChange } from "./profileChange";
import * as say from "./words";

export function Profile() {
  const { user } = useOwner();
  const moment = useMoments();
  const change = useProfileChange();
  return (
    <div className="grid gap-8">
      <SettingsForm
        label={say.profile}
        submit={say.save}
        asking={change}
        done={say.saved}
        onSubmit={(form) => {
          change.submit({ name: fieldOf(form, "name") });
        }}
      >
        <TextField
          label={say.name}
          name="name"
          autoComplete="name"
          maxLength={200}
          defaultValue={user.name}
          hint={say.whatNameIsFor}
          wrong={faultsOf(change.error).name}
        />
      </SettingsForm>
      <dl className="grid gap-4">
        <div>
          <dt className="text-sm text-quiet">{say.email}</dt>
          <dd className="wrap-anywhere">{user.email}</dd>
          <dd className="text-sm text-quiet">{say.whatEmailIsFor}</dd>
        </div>
        <div>
          <dt className="text-sm text-quiet">{say.hereSince}</dt>
          <dd>{moment(user.created_at)}</dd>
        </div>
      </dl>
    </div>
  );
}
