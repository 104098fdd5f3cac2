import { useQuery } from "@tanstack/react-query";
import { isOutOfReach, sentence } from "../../api/problem";
import type { Recurrence, Task } from "../../api/types";
import { useGo } from "../../address/useAddress";
import { usePerson } from "../../data/DataContext";
import { seriesActs } from "../../data/seriesActs";
import { useActs } from "../../data/useActs";
import { dayOf, isOverdue, timeOf } from "../../data/days";
import { useMinute } from "../../data/minute";
import { useAsk } from "../../data/useAsk";
import { Button } from "../../ui/Button";
import { dueInWords } from "../../ui/inWords";
import * as say from "./words";

/** A task that repeats, its rule in the server's words, and the ways to steer it. */
export function SeriesRow({ task }: { task: Task }) {
  const go = useGo();
  const person = usePerson();
  const minute = useMinute();
  const { recurrence } = task;
  if (recurrence === null) return null;
  const day = dayOf(task, person.zone);
  const late = isOverdue(task, person, minute);
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-1 border-b border-line py-3">
      <div className="min-w-0 flex-1 basis-64">
        <button type="button" className="min-h-6 pointer-coarse:min-h-touch cursor-pointer text-left wrap-anywhere hover:underline" onClick={() => { go.open(task.id); }}>
          <span className="sr-only">{say.open} </span>
          {task.title}
        </button>
        <p className="text-sm text-quiet">
          <RuleWords task={task} recurrence={recurrence} />
        </p>
        <p className={`text-sm ${late ? "text-warn" : "text-quiet"}`}>
          {day === null ? say.noDate : say.next(dueInWords(day, timeOf(task, person.zone), person.today, person.locale))}
          {late ? say.isOverdue : ""}
        </p>
      </div>
      <Steering task={task} state={recurrence.state} />
    </li>
  );
}

function Steering({ task: { id, series, title }, state }: { task: Task; state: Recurrence["state"] }) {
  const acts = useActs(seriesActs);
  if (series === null) return <p className="text-sm text-quiet">{say.notSentYet}</p>;
  if (state === "ended") return <p className="text-sm text-quiet">{say.lastOne}</p>;
  return (
    <div role="group" aria-label={say.repeatingOf(title)} className="flex flex-wrap gap-1">
      {state === "active" ? (
        <>
          <Button kind="quiet" onClick={() => { acts.skip(id); }}>
            {say.skipThisOne}
          </Button>
          <Button kind="quiet" onClick={() => { acts.pause(series); }}>
            {say.pause}
          </Button>
        </>
      ) : (
        <Button onClick={() => { acts.resume(series); }}>{say.resume}</Button>
      )}
      <Button kind="quiet" onClick={() => { acts.end(series); }}>
        {say.end}
      </Button>
    </div>
  );
}

function RuleWords({ task, recurrence: { rule, start, zone: own, kind, state } }: { task: Task; recurrence: Recurrence }) {
  const ask = useAsk();
  const { zone: here } = usePerson();
  const zone = own ?? task.zone ?? here;
  const words = useQuery({
    queryKey: ["rule in words", rule, start, zone],
    queryFn: ({ signal }) => ask("post", "/api/recurrence/preview", { body: { rule, start, zone, count: 1 }, signal }),
    enabled: start !== "",
  });
  if (words.isError) return <span className="text-warn">{say.ruleUnread} {sentence(words.error)}</span>;
  return (
    <>
      {words.data === undefined ? (isOutOfReach(words) ? say.repeats : "…") : words.data.words.charAt(0).toUpperCase() + words.data.words.slice(1)}
      {kind === "after_completion" ? say.fromWhenDone : ""}
      {state === "paused" ? say.isPaused : ""}
    </>
  );
}
