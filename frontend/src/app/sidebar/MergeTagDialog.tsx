import { useState, type RefObject } from "react";
import type { Tag } from "../../api/types";
import { useTags } from "../../data/DataContext";
import { organizeActs } from "../../data/organizeActs";
import { useActs } from "../../data/useActs";
import { Button } from "../../ui/Button";
import { Dialog } from "../../ui/Dialog";
import { SelectField } from "../../ui/Field";
import * as say from "./words";

interface Props {
  tag: Tag;
  /** What it was asked for by. */
  from: RefObject<HTMLElement | null>;
  onClose: () => void;
  onGone: () => void;
}

/** Two tags become one. */
export function MergeTagDialog({ tag, from, onClose, onGone }: Props) {
  const acts = useActs(organizeActs);
  const others = useTags().filter(({ id }) => id !== tag.id);
  const [into, setInto] = useState(others[0]?.id ?? "");
  return (
    <Dialog
      title={say.mergeName(tag.name)}
      finalFocus={from}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{say.cancel}</Button>
          <Button
            kind="main"
            onClick={() => {
              acts.mergeTag(tag.id, into);
              onClose();
              onGone();
            }}
          >
            {say.mergeThem}
          </Button>
        </>
      }
    >
      <SelectField
        label={say.tagInstead}
        value={into}
        onChange={(event) => {
          setInto(event.target.value);
        }}
      >
        {others.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </SelectField>
    </Dialog>
  );
}
