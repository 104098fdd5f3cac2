import { useId, useState, type RefObject } from "react";
import { organizeActs } from "../../data/organizeActs";
import { useActs } from "../../data/useActs";
import { Button } from "../../ui/Button";
import { ColorPicker } from "../../ui/ColorPicker";
import { Dialog } from "../../ui/Dialog";
import { TextField } from "../../ui/Field";
import { addEntry, changeEntry, fieldsOf, type Entry, type Kind } from "./entries";
import * as say from "./words";

interface Props {
  kind: Kind;
  /** Null makes a new one. */
  entry: Entry | null;
  /** What it was asked for by. */
  from?: RefObject<HTMLElement | null>;
  onClose: () => void;
}

/** Name and colour of a list, a tag or a filter; and what a filter looks for. */
export function EntryDialog({ kind, entry, from, onClose }: Props) {
  const acts = useActs(organizeActs);
  const form = useId();
  const [fields, setFields] = useState(() => fieldsOf(entry));
  const set = (change: Partial<typeof fields>) => {
    setFields((before) => ({ ...before, ...change }));
  };
  const submit = () => {
    const said = { ...fields, name: fields.name.trim(), query: fields.query.trim() };
    if (said.name === "") return;
    if (entry === null) addEntry(acts, kind, said);
    else changeEntry(acts, kind, entry, said);
    onClose();
  };
  return (
    <Dialog
      title={entry === null ? say.newOfKind(kind) : say.editName(entry.name)}
      finalFocus={from}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{say.cancel}</Button>
          <Button kind="main" type="submit" form={form}>
            {entry === null ? say.add : say.save}
          </Button>
        </>
      }
    >
      <form
        id={form}
        className="grid gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <TextField
          label={say.name}
          required
          maxLength={100}
          value={fields.name}
          onChange={(event) => {
            set({ name: event.target.value });
          }}
        />
        {kind === "filter" ? (
          <TextField
            label={say.looksFor}
            hint={say.forExample}
            required
            value={fields.query}
            onChange={(event) => {
              set({ query: event.target.value });
            }}
          />
        ) : null}
        <ColorPicker
          value={fields.color}
          onChange={(color) => {
            set({ color });
          }}
        />
      </form>
    </Dialog>
  );
}
