import { useState } from "react";
import { Problem, sentence } from "../../api/problem";
import { useData, useRefused } from "../../data/DataContext";
import { againActs } from "../../data/againActs";
import { useActs } from "../../data/useActs";
import { Button } from "../../ui/Button";
import { Failed } from "../../ui/Failed";
import { Skeleton } from "../../ui/Skeleton";
import { useAbsentTask } from "./useAbsentTask";
import * as say from "./words";

/** Where a task would be: it is on its way, cannot be read, or is there no more. */
export function Absent({ id, onClose }: { id: string; onClose: () => void }) {
  const { isGone, error, retry } = useAbsentTask(id);
  return (
    <div className="grid gap-3 py-4">
      <Button kind="quiet" className="justify-self-end" onClick={onClose}>{say.close}</Button>
      {isGone ? (
        <Gone id={id} />
      ) : error === null ? (
        <Skeleton what={say.onItsWay} />
      ) : (
        <Failed what={say.notLoaded} why={sentence(error)} requestId={error instanceof Problem ? error.requestId : null} onRetry={retry} />
      )}
    </div>
  );
}

function Gone({ id }: { id: string }) {
  const data = useData();
  const again = useActs(againActs);
  const [asked, setAsked] = useState<string | null>(null);
  const refused = useRefused().find(({ write }) => write.id === asked);
  return (
    <div role="status" className="grid justify-items-start gap-3">
      <p className="font-display text-xl">{say.notHere}</p>
      <p className="text-quiet">{say.whyNotHere}</p>
      <Button
        kind="main"
        busy={asked !== null && refused === undefined}
        onClick={() => {
          if (refused !== undefined) data.discard(refused);
          setAsked(again.restore({ id, title: say.aDeletedTask }).id);
        }}
      >
        {say.restoreIt}
      </Button>
      {refused === undefined ? null : <p role="alert">{say.notRestored} {refused.problem.detail}</p>}
    </div>
  );
}
