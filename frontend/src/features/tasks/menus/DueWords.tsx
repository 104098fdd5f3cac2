import { useId, useRef, useState } from "react";
import { sentence } from "../../../api/problem";
import { usePerson } from "../../../data/DataContext";
import type { Understood } from "../../../data/understood";
import { useUnderstanding } from "../../../data/useUnderstanding";
import { readInWords } from "../../../ui/dateInWords";
import { useRested } from "../../../ui/useRested";
import * as say from "./words";

const PAUSE = 250; // ms without another key

/** When something is due, as it is said. It has the focus first: what is typed never presses a button. */
export function DueWords({ onSaid }: { onSaid: (said: Understood) => void }) {
  const person = usePerson();
  const id = useId();
  const field = useRef<HTMLInputElement>(null);
  const [text, setText] = useState("");
  const { understood, error, now } = useUnderstanding(text, useRested(text, PAUSE), person.zone, person.today);
  const isAsked = useRef(false); // Enter that is held says it once
  const save = async () => {
    if (isAsked.current) return;
    isAsked.current = true;
    const said = await now().catch(() => undefined); // what went wrong stands below the field
    isAsked.current = said?.rest === "" && field.current?.value === text;
    if (isAsked.current && said != null) onSaid(said);
  };
  return (
    <div className="mb-2 grid w-72 max-w-full gap-1 pointer-coarse:w-80">
      <input
        ref={field}
        className="box"
        aria-label={say.dueDate}
        aria-describedby={`${id}-said`}
        placeholder={say.dueExample}
        autoComplete="off"
        maxLength={200}
        value={text}
        onChange={({ target }) => {
          setText(target.value);
        }}
        onKeyDown={(event) => {
          if (event.key !== "Enter" || event.nativeEvent.isComposing || text.trim() === "") return;
          void save();
        }}
      />
      <p id={`${id}-said`} role="status" className="text-sm text-quiet empty:hidden">
        {text.trim() === "" ? null : readInWords(understood, error === null ? null : sentence(error), person)}
      </p>
    </div>
  );
}
