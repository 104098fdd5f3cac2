import { useGo } from "../../address/useAddress";
import type { Task } from "../../api/types";
import { useKnown, usePerson } from "../../data/DataContext";
import { taskDueInWords } from "./when";
import * as say from "./words";

/** Of a task that repeats: the occurrence that came after this one, and the one before. */
export function Neighbours({ task }: { task: Task }) {
  const { open } = useGo();
  const person = usePerson();
  const { id, follows } = task;
  const next = useKnown((known) => (task.series === null ? undefined : [...known.task.values()].find((each) => each.follows === id)));
  if (next === undefined && follows === null) return null;
  return (
    <p className="flex flex-wrap gap-x-4 text-sm">
      {follows === null ? null : (
        <button type="button" className="link min-h-6 pointer-coarse:min-h-11" onClick={() => { open(follows); }}>
          {say.theOneBefore}
        </button>
      )}
      {next === undefined ? null : (
        <button type="button" className="link min-h-6 pointer-coarse:min-h-11" onClick={() => { open(next.id); }}>
          {say.theNextOne(next.due === null ? "" : `: ${taskDueInWords(next, person)}`)}
        </button>
      )}
    </p>
  );
}
