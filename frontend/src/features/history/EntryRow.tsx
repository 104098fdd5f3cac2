import type { Entry } from "../../api/types";
import { useGo } from "../../address/useAddress";
import { useKnown, usePerson } from "../../data/DataContext";
import { useUndo } from "../../data/useUndo";
import { Button } from "../../ui/Button";
import { Refusal } from "../../ui/Refusal";
import { clockInWords, deedInWords, differencesOf, isUndoable, taskOf, whoInWords, type Names } from "./inWords";
import * as say from "./words";

interface Props {
  entry: Entry;
  /** All that were read. */
  among: readonly Entry[];
  names: Names;
}

/** One thing that was done: when, what, by whom, what became different, and the way back. */
export function EntryRow({ entry, among, names }: Props) {
  const person = usePerson();
  const go = useGo();
  const task = taskOf(entry);
  const isThere = useKnown((known) => task !== null && known.task.has(task));
  const deed = deedInWords(entry, names, person);
  const { undo, isAsked, isUnsent, isUndone, refusal } = useUndo(entry, deed, among);
  const differences = differencesOf(entry, names, person);
  return (
    <li className="flex items-start gap-3 border-b border-line py-2">
      <div className="min-w-0 flex-1 wrap-anywhere">
        <p>
          {task !== null && isThere ? (
            <button type="button" className="min-h-6 pointer-coarse:min-h-touch cursor-pointer text-left hover:underline" onClick={() => { go.open(task); }}>
              {deed}
            </button>
          ) : (
            deed
          )}
        </p>
        <p className="text-sm text-quiet">
          <time dateTime={entry.time} className="tabular-nums">
            {clockInWords(entry.time, person)}
          </time>
          , {whoInWords(entry)}
        </p>
        {differences.length === 0 ? null : (
          <dl className="text-sm text-quiet">
            {differences.map(({ what, before, after }) => (
              <div key={what} className="flex flex-wrap gap-x-1.5">
                <dt>{what}:</dt>
                <dd>
                  <del className="no-underline">{before}</del> <span aria-hidden="true">→</span>
                  <span className="sr-only">{say.became}</span> <ins className="text-ink no-underline">{after}</ins>
                </dd>
              </div>
            ))}
          </dl>
        )}
        <Refusal>{refusal}</Refusal>
      </div>
      {isUndoable(entry) ? (
        <Button
          kind="quiet"
          className="flex-none"
          busy={isAsked || isUndone}
          aria-label={say.undoNamed(deed)}
          onClick={undo}
        >
          {isUndone ? say.undone : isUnsent ? say.notSentYet : say.undo}
        </Button>
      ) : null}
    </li>
  );
}
