import type { RefObject } from "react";
import { useData } from "../../data/DataContext";
import type { List } from "../../api/types";
import { Button } from "../../ui/Button";
import { Dialog } from "../../ui/Dialog";

interface Props {
  list: List;
  /** What it was asked for by. */
  from: RefObject<HTMLElement | null>;
  onClose: () => void;
  onGone: () => void;
}

/** A list goes; what is in it need not. */
export function DeleteListDialog({ list, from, onClose, onGone }: Props) {
  const { acts } = useData();
  const remove = (tasks: "move_to_inbox" | "delete") => () => {
    acts.removeList(list.id, tasks);
    onClose();
    onGone();
  };
  return (
    <Dialog
      title={`Delete ${list.name}?`}
      finalFocus={from}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button kind="danger" onClick={remove("delete")}>
            Delete the tasks, too
          </Button>
          <Button kind="main" onClick={remove("move_to_inbox")}>
            Move the tasks to the Inbox
          </Button>
        </>
      }
    >
      <p>There are tasks in this list. What is to become of them?</p>
    </Dialog>
  );
}
