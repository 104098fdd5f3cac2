import { useEffect, useRef, useState } from "react";
import { Button } from "../../ui/Button";
import { ActButton } from "./ActButton";
import { Refused } from "./SettingsForm";
import * as say from "./words";

interface Props {
  /** On the button, and what it is about for whoever does not see where it stands. */
  label: string;
  about?: string;
  warning: string;
  sure: string;
  busy: boolean;
  error: Error | null;
  /** It was done, and what it was about is still there. */
  done?: boolean;
  onSure: () => void;
}

/** What cannot be taken back is asked for twice: the second time it says what it will do. */
export function AskTwice({ label, about = "", warning, sure, busy, error, done = false, onSure }: Props) {
  const [isAsking, setAsking] = useState(false);
  const [wasDone, setWasDone] = useState(done);
  if (done !== wasDone) {
    setWasDone(done);
    if (done) setAsking(false);
  }
  const was = useRef(false);
  const first = useRef<HTMLButtonElement>(null);
  const keep = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (isAsking) keep.current?.focus();
    else if (was.current) first.current?.focus();
    was.current = isAsking;
  }, [isAsking]);
  if (!isAsking) {
    return (
      <ActButton
        ref={first}
        className="justify-self-start"
        aria-label={about === "" ? undefined : `${label} ${about}`}
        onClick={() => {
          setAsking(true);
        }}
      >
        {label}
      </ActButton>
    );
  }
  return (
    <div role="group" aria-label={`${label} ${about}`} className="grid gap-2 rounded-md border border-edge p-3">
      <p>{warning}</p>
      <Refused error={error} />
      <div className="flex flex-wrap gap-2">
        <ActButton kind="danger" busy={busy} onClick={onSure}>
          {sure}
        </ActButton>
        <Button
          ref={keep}
          onClick={() => {
            setAsking(false);
          }}
        >
          {say.keep}
        </Button>
      </div>
    </div>
  );
}
