import { X } from "lucide-react";
import type { Task } from "../../api/types";
import { useData, useIsUnsent } from "../../data/DataContext";
import { isFinished } from "../../data/shapes";
import { IconButton } from "../../ui/IconButton";
import { Path } from "./Path";
import { TitleField } from "./TitleField";
import * as say from "./words";

export function Head({ task, onClose }: { task: Task; onClose: () => void }) {
  const { acts } = useData();
  const isUnsent = useIsUnsent(task.id);
  const finished = isFinished(task);
  return (
    <header className="grid gap-1 pt-3 pb-2">
      <div className="flex min-h-8 items-center justify-between gap-2">
        <Path task={task} />
        {isUnsent ? <span role="status" className="text-sm text-quiet">{say.notSentYet}</span> : null}
        <IconButton label={say.closeTask} className="ml-auto" onClick={onClose}>
          <X aria-hidden="true" />
        </IconButton>
      </div>
      <div className="flex items-start gap-3">
        <input
          type="checkbox"
          aria-label={finished ? say.openAgain : say.complete}
          data-cancelled={task.status === "cancelled" || undefined}
          className="tick mt-1"
          checked={finished}
          onChange={() => {
            if (finished) acts.reopen([task.id]);
            else acts.complete([task.id]);
          }}
        />
        <div className="min-w-0 flex-1">
          <TitleField task={task} />
        </div>
      </div>
    </header>
  );
}
