import { Button } from "./Button";
import * as say from "./words";

/** A part of the page that could not be loaded, and the way out. */
export function Failed({ what, why, requestId, onRetry }: { what: string; why: string; requestId: string | null; onRetry: () => void }) {
  return (
    <div role="alert" className="grid justify-items-start gap-3 border-t border-line py-6">
      <p>
        {what} {why}
      </p>
      {requestId === null ? null : <p className="text-sm text-quiet">{say.request} {requestId}</p>}
      <Button onClick={onRetry}>{say.tryAgain}</Button>
    </div>
  );
}
