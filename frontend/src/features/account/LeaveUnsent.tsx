import { Button } from "../../ui/Button";
import { Dialog } from "../../ui/Dialog";
import * as say from "./words";

interface Props {
  unsent: number;
  busy: boolean;
  onLeave: () => void;
  onStay: () => void;
}

export default function LeaveUnsent({ unsent, busy, onLeave, onStay }: Props) {
  return (
    <Dialog
      title={say.notAllSaved}
      onClose={onStay}
      actions={
        <>
          <Button kind="danger" busy={busy} onClick={onLeave}>
            {say.loseIt}
          </Button>
          <Button kind="main" onClick={onStay}>
            {say.stay}
          </Button>
        </>
      }
    >
      {unsent === 0
        ? say.allSavedNow
        : say.unsentChanges(unsent)}
    </Dialog>
  );
}
