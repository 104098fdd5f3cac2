import { useId, useRef, useState, type ClipboardEvent, type KeyboardEvent, type MouseEvent } from "react";
import type { Stretch } from "../../api/codePoints";
import { usePerson } from "../../data/DataContext";
import { Button } from "../../ui/Button";
import { MarkedField, type MarkedFieldHandle } from "../../ui/MarkedField";
import { usePart } from "../../ui/usePart";
import { useAdding } from "./adding";
import { useDraft } from "./draft";
import { faultOf, isTooLong } from "./fault";
import { linesOf } from "./lines";
import { marksOf } from "./looks";
import { NameSuggestions, useNameSuggestions } from "./NameSuggestions";
import type { Place } from "./place";
import { useReading, type Said } from "./reading";
import { Refused } from "./Refused";
import { Unread } from "./Unread";
import * as say from "./words";

const loadMeaning = () => import("./Meaning");
const loadSeveralLines = () => import("./SeveralLines");

interface Props {
  place: Place;
  /** Where an unfinished text is kept. */
  draft: string;
  /** What it begins with where none is kept. */
  begun?: string;
  focused?: boolean;
  /** Says what was added, and where it went. */
  onAdded?: (says: string) => void;
  /** Somebody wants to see what they have just added. */
  onOpen: (id: string) => void;
}

/** A text that becomes a task; while it is typed it shows what is understood of it. */
export function QuickAddForm({ place, draft, begun = "", focused = false, onAdded, onOpen }: Props) {
  const { said, say: take, write, toggle, clear } = useDraft(draft, begun);
  const [tried, setTried] = useState<Said | null>(null);
  const [lines, setLines] = useState<readonly string[] | null>(null);
  const { now, user } = usePerson();
  const reading = useReading(said, now, user.locale);
  const adding = useAdding(place);
  const handle = useRef<MarkedFieldHandle>(null);
  const names = useNameSuggestions(said.text, handle, write);
  const Meaning = usePart(loadMeaning)?.Meaning;
  const SeveralLines = usePart(loadSeveralLines, lines !== null)?.SeveralLines;
  const id = useId();
  const isPart = place.parent !== undefined;

  const isEmpty = said.text.trim() === "";
  const parsed = reading.isCurrent ? reading.parsed : null;
  const fault = isEmpty ? null : faultOf(said, parsed && adding.meant(parsed));
  const wrong = tried === said || isTooLong(said.text) ? fault : null;
  const marks = marksOf(reading.spans, said.literal);

  function submit(isOpened: boolean) {
    setTried(said);
    if (isEmpty || fault !== null) return;
    const added = adding.add(said, parsed);
    clear();
    onAdded?.(added.says);
    if (isOpened) onOpen(added.id);
  }
  function press(event: KeyboardEvent) {
    if (event.nativeEvent.isComposing || names.takes(event) || event.key !== "Enter") return;
    event.preventDefault();
    submit(event.ctrlKey || event.metaKey);
  }
  function click({ clientX, clientY, currentTarget: { selectionStart, selectionEnd } }: MouseEvent<HTMLTextAreaElement>) {
    const at = handle.current?.markAt(clientX, clientY) ?? null;
    const mark = at === null ? undefined : marks[at];
    if (mark !== undefined && selectionStart === selectionEnd) toggle(mark);
  }
  function toggleToken(stretch: Stretch, byPointer: boolean) {
    toggle(stretch);
    if (byPointer) handle.current?.field.focus(); // there Enter adds; on the token it would undo the click
  }
  function paste(event: ClipboardEvent) {
    const pasted = linesOf(event.clipboardData.getData("text/plain"));
    if (pasted === null) return;
    event.preventDefault();
    setLines(pasted);
  }
  function leaveLines() {
    setLines(null);
    handle.current?.field.focus();
  }

  return (
    <form
      aria-label={isPart ? say.addASubtask : say.addTask}
      className="grid gap-2"
      onSubmit={(event) => {
        event.preventDefault();
        submit(false);
      }}
    >
      <div className="flex items-start gap-2">
        <div className="relative min-w-0 flex-1">
          <MarkedField
            handle={handle}
            aria-label={isPart ? say.newSubtask : say.newTask}
            aria-describedby={`${id}-wrong`}
            aria-invalid={wrong === null ? undefined : true}
            placeholder={isPart ? say.addASubtask : say.example}
            value={said.text}
            marks={marks}
            // eslint-disable-next-line jsx-a11y/no-autofocus -- only where somebody has just asked for it
            autoFocus={focused}
            autoComplete="off"
            enterKeyHint="done"
            onChange={({ target }) => {
              write(target.value);
            }}
            onKeyDown={press}
            onClick={click}
            onPaste={paste}
            {...names.told}
          />
          <NameSuggestions {...names} />
        </div>
        <Button kind="main" type="submit" className="min-h-10.5 pointer-coarse:min-h-touch">
          {say.addIt}
        </Button>
      </div>
      <div role="alert" id={`${id}-wrong`} className="text-sm text-warn empty:hidden">
        {wrong}
      </div>
      <Refused refusal={adding.refusal} isFree={said.text === ""} onTake={take} />
      {lines === null || SeveralLines === undefined ? null : (
        <SeveralLines
          lines={lines}
          onAdd={() => {
            for (const text of lines) adding.add({ text, literal: [] }, null);
            onAdded?.(say.addedTasks(lines.length));
            leaveLines();
          }}
          onJoin={() => {
            write([said.text, ...lines].filter((line) => line !== "").join(" "));
            leaveLines();
          }}
          onLeave={leaveLines}
        />
      )}
      <Unread trouble={reading.trouble} />
      {isEmpty || Meaning === undefined ? null : <Meaning said={said} reading={reading} meant={adding.meant} onToggle={toggleToken} />}
    </form>
  );
}
