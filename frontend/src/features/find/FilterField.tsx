import { useEffect, useId, useState, type KeyboardEvent, type RefObject } from "react";
import { useAddress } from "../../address/useAddress";
import { Unreachable, sentence } from "../../api/problem";
import { useData, useKnown } from "../../data/DataContext";
import { organizeActs } from "../../data/organizeActs";
import { useActs } from "../../data/useActs";
import { Button } from "../../ui/Button";
import { MarkedField, type MarkedFieldHandle } from "../../ui/MarkedField";
import { usePart } from "../../ui/usePart";
import { useCheck } from "./check";
import { Completions } from "./Completions";
import { FaultNote } from "./FaultNote";
import { marksOf } from "./looks";
import { scoped } from "./scope";
import { useTyped } from "./typed";
import { useCompletion } from "./useCompletion";
import * as say from "./words";

const loadSavedFilter = () => import("./SavedFilter");

interface Props {
  value: string;
  onChange: (value: string) => void;
  handle: RefObject<MarkedFieldHandle | null>;
  /** It is empty, and not wanted any more. */
  onLeave: () => void;
}

/** A filter that is typed. What cannot be read yet is not applied, and is shown where it is. */
export function FilterField({ value, onChange, handle, onLeave }: Props) {
  const { view } = useAddress();
  const data = useData();
  const { changeFilter } = useActs(organizeActs);
  const saved = useKnown((known) => (view.name === "filter" ? known.filter.get(view.id) : undefined));
  const rest = saved?.query ?? "";
  const applied = value === "" ? rest : value;
  const { text, setText, tell } = useTyped(applied, (next) => {
    onChange(next === rest ? "" : next);
  });
  const { checked, trouble } = useCheck(text);
  const [dialog, setDialog] = useState<"new" | "edit" | null>(null);
  const SavedFilter = usePart(loadSavedFilter, dialog !== null)?.SavedFilter;
  const id = useId();
  const isRead = checked?.text === text && checked.fault === null;
  const fault = text.trim() !== "" && checked?.text === text ? checked.fault : null;
  const completion = useCompletion(text, handle, setText);
  const isEmpty = text.trim() === "";
  useEffect(() => {
    if (isEmpty) tell(rest);
    else if (isRead) tell(text);
    // eslint-disable-next-line react-hooks/exhaustive-deps -- told once it is read, and not whenever the view is drawn
  }, [isEmpty, isRead, text, rest]);

  function press(event: KeyboardEvent<HTMLTextAreaElement>) {
    if (event.nativeEvent.isComposing || completion.takes(event)) return;
    if (event.key === "Enter") event.preventDefault();
    if (event.key !== "Escape") return;
    if (isEmpty) onLeave();
    else event.currentTarget.blur();
  }

  return (
    <div role="search" aria-label={say.filter} className="grid gap-1.5">
      <div className="flex flex-wrap items-start gap-2">
        <div className="relative min-w-0 flex-1 basis-64">
          <MarkedField
            handle={handle}
            aria-label={say.filter}
            aria-describedby={`${id}-said`}
            aria-invalid={fault === null ? undefined : true}
            placeholder={say.example}
            value={text}
            marks={marksOf(text, fault)}
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            onChange={({ target }) => {
              setText(target.value.replace(/\s*[\r\n]+\s*/gu, " "));
            }}
            onKeyDown={press}
            {...completion.told}
          />
          <Completions {...completion} />
        </div>
        {saved === undefined ? null : (
          <>
            {text === rest || !isRead ? null : (
              <Button
                kind="main"
                className="min-h-10.5"
                onClick={() => {
                  changeFilter(saved.id, { query: text });
                  onChange("");
                }}
              >
                {say.saveChanges}
              </Button>
            )}
            <Button
              className="min-h-10.5"
              onClick={() => {
                setDialog("edit");
              }}
            >
              {say.editFilter}
            </Button>
          </>
        )}
        {isEmpty || !isRead || text === rest ? null : (
          <Button
            className="min-h-10.5"
            onClick={() => {
              setDialog("new");
            }}
          >
            {say.saveAsFilter}
          </Button>
        )}
      </div>
      <FaultNote
        id={`${id}-said`}
        fault={fault}
        onTake={(instead) => {
          if (fault !== null) setText(text.slice(0, fault.start) + instead + text.slice(fault.end));
          handle.current?.field.focus();
        }}
      />
      {trouble === null || text === applied ? null : (
        <p role="status" className="text-sm text-quiet">
          {trouble instanceof Unreachable ? say.offline : sentence(trouble)}
        </p>
      )}
      {dialog === null || SavedFilter === undefined ? null : (
        <SavedFilter
          query={scoped(text, view, data.known())}
          saved={dialog === "edit" ? saved : undefined}
          onClose={() => {
            setDialog(null);
          }}
        />
      )}
    </div>
  );
}
