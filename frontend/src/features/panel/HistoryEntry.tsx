import { useMutation } from "@tanstack/react-query";
import { newId } from "../../api/newId";
import { sentence } from "../../api/problem";
import type { Entry } from "../../api/types";
import { usePerson } from "../../data/DataContext";
import { useAsk } from "../../data/useAsk";
import { Button } from "../../ui/Button";
import { momentInWords } from "../../ui/inWords";
import { deedInWords, differencesOf, isUndoable, whoInWords } from "./activityInWords";
import { useNames } from "./useNames";
import { instantInWords } from "./when";
import * as say from "./words";

export function HistoryEntry({ entry }: { entry: Entry }) {
  const ask = useAsk();
  const person = usePerson();
  const names = useNames();
  const deed = deedInWords(entry);
  const when = instantInWords(entry.time, person);
  // Sent again, it is undone once.
  const undo = useMutation({
    mutationFn: (key: string) => ask("post", "/api/activity/{activity_id}/undo", { path: { activity_id: entry.id }, headers: { "idempotency-key": key } }),
  });
  return (
    <li className="grid gap-1 text-sm">
      <div className="flex items-start gap-2">
        <p className="flex-1 py-1">
          {deed} <span className="text-quiet">{say.by(whoInWords(entry))} </span>
          <time dateTime={entry.time} title={momentInWords(entry.time, person.zone, person.locale)} className="text-quiet">{when}</time>
        </p>
        {isUndoable(entry) ? (
          <Button kind="quiet" className="text-sm" aria-label={say.undoNamed(deed, when)} busy={undo.isPending || undo.isSuccess} onClick={() => { undo.mutate(newId()); }}>
            {undo.isSuccess ? say.undone : say.undo}
          </Button>
        ) : null}
      </div>
      <dl className="grid gap-0.5 empty:hidden">
        {differencesOf(entry, names, person).map(({ what, before, after }) => (
          <div key={what} className="wrap-anywhere">
            <dt className="inline text-quiet">{what}: </dt>
            <dd className="inline">
              {before} <span aria-hidden="true">→</span>
              <span className="sr-only">{say.became}</span> {after}
            </dd>
          </div>
        ))}
      </dl>
      {undo.isError ? <p role="alert" className="text-warn">{sentence(undo.error)}</p> : null}
    </li>
  );
}
