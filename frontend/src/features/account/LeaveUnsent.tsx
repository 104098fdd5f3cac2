import { Button } from "../../ui/Button";
import { Dialog } from "../../ui/Dialog";

interface Props {
  unsent: number;
  busy: boolean;
  onLeave: () => void;
  onStay: () => void;
}

export default function LeaveUnsent({ unsent, busy, onLeave, onStay }: Props) {
  return (
    <Dialog
      title="Not everything is saved"
      onClose={onStay}
      actions={
        <>
          <Button kind="danger" busy={busy} onClick={onLeave}>
            Log out and lose it
          </Button>
          <Button kind="main" onClick={onStay}>
            Stay
          </Button>
        </>
      }
    >
      {unsent === 0
        ? "By now everything is saved: you can log out."
        : `${unsent === 1 ? "One change has" : `${unsent} changes have`} not reached Taskora yet. If you log out now, that is lost.`}
    </Dialog>
  );
}
