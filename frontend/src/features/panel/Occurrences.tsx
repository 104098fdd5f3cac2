import { useQuery } from "@tanstack/react-query";
import type { Recurrence, Task } from "../../api/types";
import { usePerson } from "../../data/DataContext";
import { seriesActs } from "../../data/seriesActs";
import { useActs } from "../../data/useActs";
import { useAsk } from "../../data/useAsk";
import { Button } from "../../ui/Button";
import { localInWords } from "../../ui/dateInWords";
import { askedFor, followingOf } from "./following";
import * as say from "./words";

/** A series in words, what comes next of it, and what can be done with it. */
export function Occurrences({ task, recurrence, zone }: { task: Task; recurrence: Recurrence; zone: string }) {
  const ask = useAsk();
  const acts = useActs(seriesActs);
  const person = usePerson();
  const { rule, start, kind, state } = recurrence;
  const { data } = useQuery({
    queryKey: ["occurrences", rule, start, zone, task.slot, recurrence.missed, person.today],
    queryFn: () => ask("post", "/api/recurrence/preview", { body: { rule, start, zone, ...askedFor({ ...task, recurrence }, person.now(), person.today) } }),
    enabled: start !== "",
  });
  const { series } = task;
  const following = followingOf(data?.occurrences ?? [], task.slot);
  return (
    <div className="grid gap-2 text-sm">
      <p>
        <span className="inline-block first-letter:uppercase">{data?.words ?? say.repeats}</span>
        {kind === "after_completion" ? say.fromWhenDone : ""}
        {state === "paused" ? say.isPaused : ""}
      </p>
      {data === undefined || state === "paused" ? null : kind === "after_completion" ? null : following.length === 0 ? (
        <p className="text-quiet">{say.lastOne}</p>
      ) : (
        <ol aria-label={say.nextDates} className="flex flex-wrap gap-x-3 text-quiet">
          {following.map((occurrence) => (
            <li key={occurrence}>{localInWords(occurrence, person)}</li>
          ))}
        </ol>
      )}
      {series === null ? null : (
        <div className="flex flex-wrap gap-2">
          {state === "paused" ? null : <Button onClick={() => { acts.skip(task.id); }}>{say.skipThisOne}</Button>}
          {state === "paused" ? <Button onClick={() => { acts.resume(series); }}>{say.resume}</Button> : <Button onClick={() => { acts.pause(series); }}>{say.pause}</Button>}
          <Button onClick={() => { acts.end(series); }}>{say.endIt}</Button>
        </div>
      )}
    </div>
  );
}
