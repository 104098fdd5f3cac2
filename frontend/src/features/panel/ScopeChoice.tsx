import type { Task } from "../../api/types";
import { useChanging, type Scope } from "./changing";
import * as say from "./words";

const names: Record<Scope, string> = { this: say.onlyThisOne, future: say.allThatFollow };

/** Of a task that repeats: what changes here are for. */
export function ScopeChoice({ task }: { task: Task }) {
  const { scope, choose } = useChanging();
  if (task.recurrence === null) return null;
  return (
    <fieldset className="flex flex-wrap items-center gap-x-4 gap-y-1 rounded-md bg-wash px-3 py-1.5 text-sm">
      <legend className="sr-only">{say.changesAreFor}</legend>
      {(Object.keys(names) as Scope[]).map((each) => (
        <label key={each} className="flex min-h-6 cursor-pointer items-center gap-2 pointer-coarse:min-h-11">
          <input type="radio" name="scope" checked={scope === each} onChange={() => { choose(each); }} />
          {names[each]}
        </label>
      ))}
    </fieldset>
  );
}
