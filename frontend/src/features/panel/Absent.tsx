import { useState } from "react";
import { Problem, sentence } from "../../api/problem";
import { useData, useWaiting } from "../../data/DataContext";
import { Button } from "../../ui/Button";
import { Failed } from "../../ui/Failed";
import { Skeleton } from "../../ui/Skeleton";
import type { Found } from "./useOpenTask";

/** Where a task would be: it is on its way, cannot be read, or is there no more. */
export function Absent({ found: { isGone, error, retry }, id, onClose }: { found: Found; id: string; onClose: () => void }) {
  return (
    <div className="grid gap-3 py-4">
      <Button kind="quiet" className="justify-self-end" onClick={onClose}>Close</Button>
      {isGone ? (
        <Gone id={id} />
      ) : error === null ? (
        <Skeleton what="The task is on its way." />
      ) : (
        <Failed what="This task could not be loaded." why={sentence(error)} requestId={error instanceof Problem ? error.requestId : null} onRetry={retry} />
      )}
    </div>
  );
}

function Gone({ id }: { id: string }) {
  const data = useData();
  const [asked, setAsked] = useState<string | null>(null);
  const refused = useWaiting().refused.find(({ write }) => write.id === asked);
  return (
    <div role="status" className="grid justify-items-start gap-3">
      <p className="font-display text-xl">This task is not here any more</p>
      <p className="text-quiet">It was deleted, perhaps in another window. For 30 days it can be brought back with all it had.</p>
      <Button
        kind="main"
        busy={asked !== null && refused === undefined}
        onClick={() => {
          if (refused !== undefined) data.discard(refused);
          setAsked(data.acts.restore({ id, title: "a deleted task" }).id);
        }}
      >
        Restore it
      </Button>
      {refused === undefined ? null : <p role="alert">It could not be restored. {refused.problem.detail}</p>}
    </div>
  );
}
