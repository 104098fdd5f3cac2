import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { Task } from "../../api/types";
import { useQueued } from "../../data/DataContext";
import { useAsk } from "../../data/useAsk";
import { Button } from "../../ui/Button";
import { useChanging } from "./changing";
import { GrowingText } from "./GrowingText";
import { Markdown } from "./Markdown";
import { Section } from "./Section";
import { TwoVersions } from "./TwoVersions";
import { useDraft } from "./useDraft";
import * as say from "./words";

const MOST = 100_000;

/** A task's notes in Markdown: shown as the server reads them, and written. */
export function Notes({ task }: { task: Task }) {
  const { change, draftOf } = useChanging();
  const draft = useDraft(draftOf("notes"), task.notes);
  const [chosen, setChosen] = useState(false);
  const isWriting = chosen || draft.isBegun || task.notes === "";
  const keep = () => {
    if (draft.text !== task.notes) change({ notes: draft.text });
    draft.drop();
  };
  const leave = () => {
    if (draft.isBegun && draft.theirs === null) keep();
  };
  const read = () => {
    leave();
    setChosen(false);
  };
  const turn = isWriting ? <Button kind="quiet" onClick={read}>{say.preview}</Button> : <Button kind="quiet" onClick={() => { setChosen(true); }}>{say.edit}</Button>;
  return (
    <Section title={say.notes} aside={isWriting && draft.text === "" ? null : turn}>
      {isWriting ? (
        <GrowingText
          isFocused={chosen}
          aria-label={say.notes}
          placeholder={say.whatElse}
          maxLength={MOST}
          value={draft.text}
          className="box min-h-20"
          onChange={(event) => {
            draft.type(event.target.value);
            setChosen(true); // once begun, it is read again when that is asked for
          }}
          onBlur={leave}
          onKeyDown={(event) => {
            if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) leave();
          }}
        />
      ) : (
        <Shown task={task} />
      )}
      {draft.theirs === null ? null : <TwoVersions what={say.theNotes} theirs={draft.theirs} onMine={keep} onTheirs={draft.drop} />}
    </Section>
  );
}

/** Until they are saved there are no others than the letters themselves. */
function Shown({ task }: { task: Task }) {
  const ask = useAsk();
  const isOnItsWay = useQueued((queued) =>
    queued.some(({ shows }) => shows.some((effect) => effect.do === "set" && effect.id === task.id && "notes" in effect.fields)),
  );
  const { data } = useQuery({
    queryKey: ["notes", task.id, task.version],
    queryFn: () => ask("get", "/api/tasks/{task_id}/notes", { path: { task_id: task.id } }),
    enabled: !isOnItsWay && task.version > 0,
    placeholderData: (before) => before,
    gcTime: 60_000,
  });
  return <Markdown html={isOnItsWay ? undefined : data?.html} text={task.notes} />;
}
