import type { Task } from "../../api/types";
import { useChanging } from "./changing";
import { isOwnEscape } from "./escape";
import { GrowingText } from "./GrowingText";
import { TwoVersions } from "./TwoVersions";
import { useDraft } from "./useDraft";
import * as say from "./words";

const MOST = 500;

export function TitleField({ task }: { task: Task }) {
  const { change, draftOf } = useChanging();
  const draft = useDraft(draftOf("title"), task.title);
  const keep = () => {
    const title = draft.text.trim();
    if (title !== "" && title !== task.title) change({ title });
    draft.drop();
  };
  const leave = () => {
    if (draft.isBegun && draft.theirs === null) keep();
  };
  return (
    <div className="grid gap-2">
      <GrowingText
        aria-label={say.title}
        maxLength={MOST}
        value={draft.text}
        className={`w-full rounded-md border border-transparent bg-transparent px-1 pointer-coarse:py-2 font-display text-xl leading-snug wrap-anywhere hover:border-line focus:border-edge ${task.status === "done" || task.status === "cancelled" ? "text-quiet line-through" : ""}`}
        onChange={(event) => {
          draft.type(event.target.value.replace(/\s*\n\s*/g, " "));
        }}
        onBlur={leave}
        onKeyDown={(event) => {
          if (event.nativeEvent.isComposing) return;
          const isDiscarded = draft.isBegun && isOwnEscape(event);
          if (event.key !== "Enter" && !isDiscarded) return;
          event.preventDefault();
          event.stopPropagation();
          if (isDiscarded) draft.drop();
          else leave();
        }}
      />
      {draft.theirs === null ? null : <TwoVersions what={say.theTitle} theirs={draft.theirs} onMine={keep} onTheirs={draft.drop} />}
    </div>
  );
}
