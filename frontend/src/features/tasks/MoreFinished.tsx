import { sentence } from "../../api/problem";
import { Button } from "../../ui/Button";
import type { Finished } from "./useFinished";

/** The way to those that were finished longer ago. */
export function MoreFinished({ hasMore, isAsking, error, more }: Finished) {
  if (error !== null) {
    return (
      <p role="alert" className="flex flex-wrap items-center gap-3 px-2 py-3 text-sm text-warn">
        Finished tasks could not be loaded. {sentence(error)}
        <Button onClick={more}>Try again</Button>
      </p>
    );
  }
  if (!hasMore && !isAsking) return null;
  return (
    <Button kind="quiet" busy={isAsking} onClick={more} className="mt-2">
      {isAsking ? "Loading finished tasks…" : "Show more finished tasks"}
    </Button>
  );
}
