import { Button } from "../../../ui/Button";
import { offerFile } from "../offerFile";
import { ShownOnce } from "../ShownOnce";
import * as say from "./words";

/** Ten of them, each good once. The server keeps only their hashes, so nobody can show them again. */
export function RecoveryCodes({ codes, onDone }: { codes: readonly string[]; onDone: () => void }) {
  const text = codes.join("\n");
  return (
    <ShownOnce
      heading={say.codesTitle}
      explanation={say.keepCodes}
      secret={text}
      name={say.codes}
      beside={
        <Button
          onClick={() => {
            offerFile("taskora-recovery-codes.txt", new Blob([say.codesFile(text)], { type: "text/plain" }));
          }}
        >
          {say.downloadThem}
        </Button>
      }
      onDone={onDone}
    />
  );
}
