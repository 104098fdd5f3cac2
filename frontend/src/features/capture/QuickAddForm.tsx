import { lazy, Suspense, useId, useRef, useState, type KeyboardEvent, type MouseEvent } from "react";
import type { Stretch } from "../../api/codePoints";
import { lengthOf } from "../../api/codePoints";
import { usePerson } from "../../data/DataContext";
import { Button } from "../../ui/Button";
import { MarkedField, type MarkedFieldHandle } from "../../ui/MarkedField";
import { useAdding } from "./adding";
import { NOTHING, useDraft } from "./draft";
import { linesOf } from "./lines";
import { marksOf } from "./looks";
import { NameSuggestions, useNameSuggestions } from "./NameSuggestions";
import type { Place } from "./place";
import { LONGEST, useReading, type Said } from "./reading";
import { Refused } from "./Refused";
import { moved } from "./spans";

const Meaning = lazy(() => import("./Meaning"));
const SeveralLines = lazy(() => import("./SeveralLines"));

interface Props {
  place: Place;
  /** Under which name an unfinished text is kept. */
  draft: string;
  focused?: boolean;
  onAdded?: (title: string) => void;
  /** Somebody wants to see what they have just added. */
  onOpen: (id: string) => void;
}

/** A text that becomes a task; while it is typed it shows what is understood of it. */
export function QuickAddForm({ place, draft, focused = false, onAdded, onOpen }: Props) {
  const [said, say] = useDraft(draft);
  const [lines, setLines] = useState<readonly string[] | null>(null);
  const [tried, setTried] = useState<Said | null>(null);
  const { now, user } = usePerson();
  const reading = useReading(said, now, user.locale);
  const adding = useAdding(place);
  const handle = useRef<MarkedFieldHandle>(null);
  const id = useId();
  const marks = marksOf(reading.spans, said.literal);
  const wrong = whatIsWrong(said, tried === said, reading.isCurrent && reading.parsed !== null ? adding.meant(reading.parsed) : null);

  function write(text: string) {
    const line = text.replace(/\s*[\r\n]+\s*/gu, " ");
    say({ text: line, literal: moved(said.literal, said.text, line) });
  }
  function toggle({ start, end }: Stretch) {
    const others = said.literal.filter((each) => each.start !== start || each.end !== end);
    say({ ...said, literal: others.length < said.literal.length ? others : [...others, { start, end }] });
  }
  const names = useNameSuggestions(said.text, handle, write);

  function submit({ open }: { open: boolean }) {
    setTried(said);
    if (said.text.trim() === "" || whatIsWrong(said, true, reading.isCurrent && reading.parsed !== null ? adding.meant(reading.parsed) : null) !== null) return;
    const parsed = reading.isCurrent ? reading.parsed : null;
    const added = adding.add(said, parsed);
    say(NOTHING);
    onAdded?.(parsed?.title ?? said.text.trim());
    if (open) onOpen(added);
  }
  function press(event: KeyboardEvent<HTMLTextAreaElement>) {
    if (event.nativeEvent.isComposing || names.takes(event) || event.key !== "Enter") return;
    event.preventDefault();
    submit({ open: event.ctrlKey || event.metaKey });
  }
  function click({ clientX, clientY, currentTarget }: MouseEvent<HTMLTextAreaElement>) {
    const at = handle.current?.markAt(clientX, clientY) ?? null;
    const mark = at === null ? undefined : marks[at];
    if (mark !== undefined && currentTarget.selectionStart === currentTarget.selectionEnd) toggle(mark);
  }

  return (
    <form
      aria-label="Add a task"
      className="grid gap-2"
      onSubmit={(event) => {
        event.preventDefault();
        submit({ open: false });
      }}
    >
      <div className="flex items-start gap-2">
        <div className="relative min-w-0 flex-1">
          <MarkedField
            handle={handle}
            aria-label="New task"
            aria-describedby={wrong === null ? undefined : `${id}-wrong`}
            aria-invalid={wrong === null ? undefined : true}
            placeholder="Pay rent every 1st 9am #Home p1"
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
            onPaste={(event) => {
              const pasted = linesOf(event.clipboardData.getData("text/plain"));
              if (pasted === null) return;
              event.preventDefault();
              setLines(pasted);
            }}
            {...names.told}
          />
          <NameSuggestions {...names} />
        </div>
        <Button kind="main" type="submit" className="min-h-10">
          Add
        </Button>
      </div>
      <div role="alert" id={`${id}-wrong`} className="text-sm text-warn empty:hidden">
        {wrong}
      </div>
      <Refused refusal={adding.refusal} isFree={said.text === ""} onTake={say} />
      <Suspense fallback={null}>
        {lines === null ? null : (
          <SeveralLines
            lines={lines}
            onAdd={() => {
              for (const text of lines) adding.add({ text, literal: [] }, null);
              onAdded?.(`${lines.length} tasks`);
              setLines(null);
              handle.current?.field.focus();
            }}
            onJoin={() => {
              write([said.text, ...lines].filter((line) => line !== "").join(" "));
              setLines(null);
              handle.current?.field.focus();
            }}
            onLeave={() => {
              setLines(null);
              handle.current?.field.focus();
            }}
          />
        )}
        {said.text.trim() === "" ? null : <Meaning said={said} reading={reading} meant={adding.meant} onToggle={toggle} />}
      </Suspense>
    </form>
  );
}

function whatIsWrong(said: Said, isTried: boolean, meant: { title: string; tooManyLists: string[] } | null): string | null {
  if (lengthOf(said.text) > LONGEST) return `This is longer than ${LONGEST} signs. Shorten it here, and put the rest into the notes of the task.`;
  if (!isTried || said.text.trim() === "" || meant === null) return null;
  if (meant.tooManyLists.length > 0) return `A task is in one list, and this names ${meant.tooManyLists.join(" and ")}. Take one of them out, or keep it as text.`;
  return meant.title === "" ? "There is no title in this yet: say what there is to do." : null;
}
