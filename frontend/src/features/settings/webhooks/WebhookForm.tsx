import { useState, type ReactNode } from "react";
import { faultsOf } from "../../../api/problem";
import { TextField } from "../../../ui/Field";
import { fieldOf, SettingsForm } from "../SettingsForm";
import type { Webhook } from "../types";
import { tidied } from "./eventTypes";
import { TypesFields } from "./TypesFields";
import * as say from "./words";

export interface Wanted {
  url: string;
  description: string;
  types: string[];
}

interface Props {
  label: string;
  submit: string;
  given?: Webhook;
  asking: { isPending: boolean; isSuccess: boolean; error: Error | null; reset: () => void };
  onSubmit: (wanted: Wanted) => void;
  beside?: ReactNode;
}

/** Where events are sent, and which: of a new webhook, and of one that is there. */
export function WebhookForm({ label, submit, given, asking, onSubmit, beside }: Props) {
  const [isEmpty, setEmpty] = useState(false);
  const wrong = faultsOf(asking.error);
  const wrongTypes = Object.entries(wrong).find(([field]) => field.startsWith("types"))?.[1];
  return (
    <SettingsForm
      label={label}
      submit={submit}
      asking={asking}
      onSubmit={(form) => {
        const types = fieldOf(form, "which") === "all" ? [] : tidied(form.getAll("types") as string[]);
        const nothing = types.length === 0 && fieldOf(form, "which") !== "all";
        setEmpty(nothing);
        if (!nothing) onSubmit({ url: fieldOf(form, "url"), description: fieldOf(form, "description"), types });
      }}
      beside={beside}
    >
      <TextField
        label={say.address}
        name="url"
        type="url"
        required
        maxLength={2000}
        placeholder="https://"
        autoComplete="off"
        defaultValue={given?.url}
        hint={say.whichAddress}
        wrong={wrong.url}
      />
      <TextField
        label={say.descriptionOptional}
        name="description"
        maxLength={200}
        autoComplete="off"
        defaultValue={given?.description}
        wrong={wrong.description}
      />
      <TypesFields given={given?.types ?? []} wrong={isEmpty ? say.chooseSome : wrongTypes} />
    </SettingsForm>
  );
}
