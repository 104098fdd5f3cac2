import { Button } from "../../ui/Button";
import { sentence } from "../../api/problem";
import type { Wish } from "./pending";

export interface Refused {
  wish: Wish & { kind: "add" };
  error: Error;
}

/** What was typed stays here until it is saved or thrown away by the one who typed it. */
export function NotAdded({ refused, onRetry, onDiscard }: { refused: readonly Refused[]; onRetry: (one: Refused) => void; onDiscard: (one: Refused) => void }) {
  return (
    <div role="alert">
      {refused.map((one) => (
        <div key={one.wish.key} className="mt-3 flex flex-wrap items-center gap-2 rounded-md border border-edge border-l-4 border-l-warn bg-raised px-3 py-2">
          <div className="min-w-0 flex-1 basis-60">
            <p className="wrap-anywhere">{one.wish.draft.title}</p>
            <p className="text-sm text-warn">Not saved. {sentence(one.error)}</p>
          </div>
          <Button
            onClick={() => {
              onRetry(one);
            }}
          >
            Try again
          </Button>
          <Button
            kind="quiet"
            onClick={() => {
              onDiscard(one);
            }}
          >
            Discard
          </Button>
        </div>
      ))}
    </div>
  );
}
