import { Button } from "../../ui/Button";
import { Refusal } from "../../ui/Refusal";
import type { Said } from "./reading";
import * as say from "./words";

interface Props {
  refusal: { said: Said; why: string; onTaken: () => void } | null;
  /** Nothing else is being typed. */
  isFree: boolean;
  onTake: (said: Said) => void;
}

/** A task that the server did not add: its text comes back, to be put right. */
export function Refused({ refusal, isFree, onTake }: Props) {
  if (refusal === null) return <Refusal>{null}</Refusal>;
  const { said, why, onTaken } = refusal;
  return (
    <Refusal>
      <p className="wrap-anywhere">
        {say.wasNotAdded(said.text, why)}
      </p>
      <Button
        className="mt-2"
        busy={!isFree}
        onClick={() => {
          onTake(said);
          onTaken();
        }}
      >
        {isFree ? say.bringBack : say.bringBackAfter}
      </Button>
    </Refusal>
  );
}
