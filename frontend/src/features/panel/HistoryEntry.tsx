import type { Entry } from "../../api/types";
import { usePerson } from "../../data/DataContext";
import { useUndo } from "../../data/useUndo";
import { Button } from "../../ui/Button";
import { momentInWords } from "../../ui/inWords";
import { deedInWords, differencesOf, isUndoable, whoInWords } from "./activityInWords";
import { useNames } from "./useNames";
import { instantInWords } from "./when";
import * as say from "./words";

export function HistoryEntry({ entry, among }: { entry: Entry; among: readonly Entry[] }) {
  const person = usePerson();
  const names = useNames();
  const deed = deedInWords(entry);
  const when = instantInWords(entry.time, person);
  const { undo, isAsked, isUnsent, isUndone, refusal } = useUndo(entry, entry.title === null ? deed : say.deedOn(deed, entry.title), among);
  return (
    <li className="grid gap-1 text-sm">
      <div className="flex items-start gap-2">
        <p className="flex-1 py-1">
          {deed} <span className="text-quiet">{say.by(whoInWords(entry))} </span>
          <time dateTime={entry.time} title={momentInWords(entry.time, person.zone, person.locale)} className="text-quiet">{when}</time>
        </p>
        {isUndoable(entry) ? (
          <Button kind="quiet" className="text-sm" aria-label={say.undoNamed(deed, when)} busy={isAsked || isUndone} onClick={undo}>
            {isUndone ? say.undone : isUnsent ? say.notSentYet : say.undo}
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
      {refusal === null ? null : <p role="alert" className="text-warn">{refusal}</p>}
    </li>
  );
}
