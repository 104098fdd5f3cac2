import { Button } from "../../../ui/Button";
import { offerFile } from "../offerFile";
import { ShownOnce } from "../ShownOnce";

/** Ten of them, each good once. The server keeps only their hashes, so nobody can show them again. */
export function RecoveryCodes({ codes, onDone }: { codes: readonly string[]; onDone: () => void }) {
  const text = codes.join("\n");
  return (
    <ShownOnce
      heading="Keep these recovery codes"
      explanation="Two-step login is on. Should you lose your authenticator, one of these lets you in instead. Each works once, and they are not shown again."
      secret={text}
      name="codes"
      beside={
        <Button
          onClick={() => {
            offerFile("taskora-recovery-codes.txt", new Blob([`Recovery codes for Taskora. Each works once.\n\n${text}\n`], { type: "text/plain" }));
          }}
        >
          Download them
        </Button>
      }
      onDone={onDone}
    />
  );
}
