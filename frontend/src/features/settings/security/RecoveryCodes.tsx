import { useEffect, useState } from "react";
import { ShownOnce } from "../ShownOnce";

/** Ten of them, each good once. The server keeps only what they look like from far away. */
export function RecoveryCodes({ codes, onDone }: { codes: readonly string[]; onDone: () => void }) {
  const text = codes.join("\n");
  const file = useDownload(`Recovery codes for Taskora. Each works once.\n\n${text}\n`);
  return (
    <ShownOnce
      heading="Two-step login is on: keep these codes"
      explanation="Should you lose your authenticator, one of these lets you in instead. Each works once, and they are not shown again."
      secret={text}
      name="codes"
      beside={
        <a className="min-h-9 rounded-md border border-edge bg-raised px-3 py-1.5 text-[0.95rem] leading-tight hover:border-ink" href={file} download="taskora-recovery-codes.txt">
          Download them
        </a>
      }
      onDone={onDone}
    />
  );
}

/** An address of this page's own at which the text is, for as long as it is shown. */
function useDownload(text: string): string | undefined {
  const [address, setAddress] = useState<string>();
  useEffect(() => {
    const made = URL.createObjectURL(new Blob([text], { type: "text/plain" }));
    setAddress(made);
    return () => {
      URL.revokeObjectURL(made);
    };
  }, [text]);
  return address;
}
