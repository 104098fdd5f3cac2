import type { RefObject } from "react";
import { organizeActs } from "../../data/organizeActs";
import { useActs } from "../../data/useActs";
import type { List } from "../../api/types";
import { Button } from "../../ui/Button";
import { Dialog } from "../../ui/Dialog";
import * as say from "./words";

interface Props {
  list: List;
  /** What it was asked for by. */
  from: RefObject<HTMLElement | null>;
  onClose: () => void;
  onGone: () => void;
}

/** A list goes; what is in it need not. */
export function DeleteListDialog({ list, from, onClose, onGone }: Props) {
  const acts = useActs(organizeActs);
  const remove = (tasks: "move_to_inbox" | "delete") => () => {
    acts.removeList(list.id, tasks);
    onClose();
    onGone();
  };
  return (
    <Dialog
      title={say.deleteName(list.name)}
      finalFocus={from}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{say.cancel}</Button>
          <Button kind="danger" onClick={remove("delete")}>
            {say.deleteThem}
          </Button>
          <Button kind="main" onClick={remove("move_to_inbox")}>
            {say.moveToInbox}
          </Button>
        </>
      }
    >
      <p>{say.whatOfItsTasks}</p>
    </Dialog>
  );
}
