import { Button } from "../../ui/Button";
import type { Fault } from "./check";
import * as say from "./words";

/** Why a filter cannot be read, and what may have been meant. */
export function FaultNote({ id, fault, onTake }: { id: string; fault: Fault | null; onTake: (instead: string) => void }) {
  const instead = fault?.instead ?? null;
  return (
    <div id={id} role="status" className="flex flex-wrap items-center gap-x-3 gap-y-1 pt-1.5 text-sm empty:hidden">
      {fault === null ? null : <p className="min-w-0 text-warn wrap-anywhere">{fault.says}</p>}
      {instead === null ? null : (
        <Button
          onClick={() => {
            onTake(instead);
          }}
        >
          {say.useInstead(instead)}
        </Button>
      )}
    </div>
  );
}
