import { useRef, useState, type SubmitEvent } from "react";
import { useGo } from "../../address/useAddress";
import type { Filter } from "../../api/types";
import { organizeActs } from "../../data/organizeActs";
import { useActs } from "../../data/useActs";
import { Button } from "../../ui/Button";
import { ColorPicker } from "../../ui/ColorPicker";
import { Dialog } from "../../ui/Dialog";
import { TextField } from "../../ui/Field";
import * as say from "./words";

interface Props {
  query: string;
  /** The one that is changed; else it becomes a new one. */
  saved: Filter | undefined;
  onClose: () => void;
}

/** A filter gets a name, and a place beside the lists. */
export function SavedFilter({ query, saved, onClose }: Props) {
  const acts = useActs(organizeActs);
  const { to } = useGo();
  const [name, setName] = useState(saved?.name ?? "");
  const [color, setColor] = useState(saved?.color ?? null);
  const [wrong, setWrong] = useState<string>();
  const field = useRef<HTMLInputElement>(null);
  const form = "saved-filter";

  function save(event: SubmitEvent) {
    event.preventDefault();
    const called = name.trim();
    if (called === "") {
      setWrong(say.itNeedsAName);
      field.current?.focus();
      return;
    }
    onClose();
    if (saved !== undefined) {
      acts.changeFilter(saved.id, { name: called, color });
      return;
    }
    const [made] = acts.addFilter({ name: called, query, color }).shows;
    if (made !== undefined) to({ name: "filter", id: made.id });
  }
  const actions = (
    <>
      {saved === undefined ? null : (
        <Button
          kind="danger"
          className="mr-auto"
          onClick={() => {
            onClose();
            to({ name: "today" });
            acts.removeFilter(saved.id);
          }}
        >
          {say.deleteFilter}
        </Button>
      )}
      <Button onClick={onClose}>{say.cancel}</Button>
      <Button kind="main" type="submit" form={form}>
        {say.save}
      </Button>
    </>
  );
  return (
    <Dialog title={saved === undefined ? say.saveAsFilter : say.editFilter} onClose={onClose} actions={actions}>
      <form id={form} className="grid gap-4" onSubmit={save}>
        <TextField ref={field} label={say.name} value={name} maxLength={100} autoComplete="off" wrong={wrong} onChange={({ target }) => { setName(target.value); }} />
        <ColorPicker value={color} onChange={setColor} />
        <div className="grid gap-1">
          <p className="text-sm text-quiet">{say.itShows}</p>
          <code className="rounded-md bg-sunken px-2.5 py-1.5 font-mono text-sm wrap-anywhere">{saved?.query ?? query}</code>
        </div>
      </form>
    </Dialog>
  );
}
