import { useState, type RefObject } from "react";
import type { Tag } from "../../api/types";
import { useData, useTags } from "../../data/DataContext";
import { Button } from "../../ui/Button";
import { Dialog } from "../../ui/Dialog";
import { SelectField } from "../../ui/Field";

interface Props {
  tag: Tag;
  /** What it was asked for by. */
  from: RefObject<HTMLElement | null>;
  onClose: () => void;
  onGone: () => void;
}

/** Two tags become one. */
export function MergeTagDialog({ tag, from, onClose, onGone }: Props) {
  const { acts } = useData();
  const others = useTags().filter(({ id }) => id !== tag.id);
  const [into, setInto] = useState(others[0]?.id ?? "");
  return (
    <Dialog
      title={`Merge ${tag.name}`}
      finalFocus={from}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            kind="main"
            onClick={() => {
              acts.mergeTag(tag.id, into);
              onClose();
              onGone();
            }}
          >
            Merge
          </Button>
        </>
      }
    >
      <SelectField
        label="Its tasks get this tag instead"
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
