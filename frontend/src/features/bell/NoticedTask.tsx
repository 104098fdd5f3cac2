import { isFinished } from "../../data/shapes";
import { useData, usePerson, useTask } from "../../data/DataContext";
import { reminderActs } from "../../data/reminderActs";
import { useActs } from "../../data/useActs";
import { Button } from "../../ui/Button";
import { SnoozeMenu } from "./SnoozeMenu";
import { dueOf, type Noticed } from "./inWords";
import * as say from "./words";

interface Props {
  task: Noticed;
  /** A reminder can be put off; what a digest says cannot. */
  isReminded: boolean;
  onOpen: () => void;
  /** It was dealt with. */
  onDone: () => void;
}

/** A task as it was when somebody was told of it, with what can be done about it as it is now. */
export function NoticedTask({ task, isReminded, onOpen, onDone }: Props) {
  const { acts } = useData();
  const reminding = useActs(reminderActs);
  const person = usePerson();
  const now = useTask(task.id);
  const isOpen = now !== undefined && !isFinished(now);
  const due = dueOf(task, person);
  const [reminder] = task.reminders;
  return (
    <div className="py-0.5">
      <button type="button" className="min-h-6 cursor-pointer text-left font-semibold wrap-anywhere hover:underline pointer-coarse:min-h-touch" onClick={onOpen}>
        {now?.title ?? task.title}
      </button>
      {due === null ? null : <p className="text-sm text-quiet">{due}</p>}
      {isOpen && isReminded ? (
        <div className="flex flex-wrap gap-2 pt-1.5">
          <Button
            aria-label={say.completeTitle(now.title)}
            onClick={() => {
              acts.complete([task.id]);
              onDone();
            }}
          >
            {say.complete}
          </Button>
          {reminder === undefined ? null : (
            <SnoozeMenu
              title={now.title}
              onChoose={(until) => {
                reminding.snooze(task.id, reminder, until);
                onDone();
              }}
            />
          )}
        </div>
      ) : null}
    </div>
  );
}
