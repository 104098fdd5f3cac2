import { contestedIn } from "../../data/conflicts";
import { useData, useRefused } from "../../data/DataContext";
import type { Refused } from "../../data/shapes";
import type { Task } from "../../api/types";
import { Button } from "../../ui/Button";
import { valueInWords, type Names } from "./activityInWords";
import { useNames } from "./useNames";
import type { Reader } from "./when";
import * as say from "./words";

/** What of this task the server did not take: because somebody else had changed the same, or because it may not be so. */
export function Refusals({ task, reader }: { task: Task; reader: Reader }) {
  const refused = useRefused();
  const names = useNames();
  return refused
    .filter(({ write }) => write.kind === "task" && write.shows.some(({ kind, id }) => kind === "task" && id === task.id))
    .map((each) => <Refusal key={each.write.id} refused={each} names={names} reader={reader} />);
}

function Refusal({ refused, names, reader }: { refused: Refused; names: Names; reader: Reader }) {
  const data = useData();
  const { write, problem, conflict } = refused;
  if (conflict === null) {
    return (
      <div role="alert" className="grid gap-2 rounded-md border border-warn p-3 text-sm">
        <p>
          {say.notSaved(write.says)} {problem.detail}
        </p>
        <div className="flex flex-wrap gap-2">
          <Button onClick={() => { data.retry(refused); }}>{say.tryAgain}</Button>
          <Button onClick={() => { data.discard(refused); }}>{say.giveItUp}</Button>
        </div>
      </div>
    );
  }
  return (
    <div role="alert" className="grid gap-2 rounded-md border border-warn p-3 text-sm">
      <p>{say.changedElsewhere}</p>
      <dl className="grid grid-cols-[auto_1fr] gap-x-3 gap-y-1 wrap-anywhere">
        {contestedIn(refused).flatMap(({ field, mine, theirs }) => [
          <dt key={`${field} mine`} className="text-quiet">{say.yours}</dt>,
          <dd key={`${field} my`}>{valueInWords(field, mine, names, reader)}</dd>,
          <dt key={`${field} theirs`} className="text-quiet">{say.theirs}</dt>,
          <dd key={`${field} their`}>{valueInWords(field, theirs, names, reader)}</dd>,
        ])}
      </dl>
      <div className="flex flex-wrap gap-2">
        <Button onClick={() => { data.keepMine(refused); }}>{say.keepMine}</Button>
        <Button onClick={() => { data.discard(refused); }}>{say.takeTheirs}</Button>
      </div>
    </div>
  );
}
