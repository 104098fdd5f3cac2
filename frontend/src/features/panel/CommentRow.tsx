import { Pencil, Trash2 } from "lucide-react";
import { useRef, useState } from "react";
import type { Comment } from "../../api/types";
import { useIsUnsent, usePerson } from "../../data/DataContext";
import { commentActs } from "../../data/commentActs";
import { useActs } from "../../data/useActs";
import { useMinute } from "../../data/minute";
import { Button } from "../../ui/Button";
import { IconButton } from "../../ui/IconButton";
import { ageInWords, momentInWords } from "../../ui/inWords";
import { GrowingText } from "./GrowingText";
import { Markdown } from "./Markdown";
import { TwoVersions } from "./TwoVersions";
import { useDraft } from "./useDraft";
import * as say from "./words";

export function CommentRow({ comment, place, onGone }: { comment: Comment; place: string; onGone: () => void }) {
  const acts = useActs(commentActs);
  const person = usePerson();
  const minute = useMinute();
  const isUnsent = useIsUnsent(comment.id);
  const draft = useDraft(place, comment.text);
  const [chosen, setChosen] = useState(false);
  const opener = useRef<HTMLButtonElement>(null);
  const isWriting = chosen || draft.isBegun;
  const stop = () => {
    draft.drop();
    setChosen(false);
    opener.current?.focus();
  };
  const keep = () => {
    const text = draft.text.trim();
    if (text !== "" && text !== comment.text) acts.changeComment(comment.id, text);
    stop();
  };
  return (
    <li className="grid gap-1">
      <div className="flex items-center gap-1 text-sm text-quiet">
        <time dateTime={comment.created_at} title={momentInWords(comment.created_at, person.zone, person.locale)} className="mr-auto">
          {ageInWords(comment.created_at, minute, person.locale)}
          {comment.updated_at === comment.created_at ? "" : say.isEdited}
          {isUnsent ? say.commentNotSentYet : ""}
        </time>
        <IconButton ref={opener} label={say.editComment} onClick={() => { setChosen(true); }}>
          <Pencil aria-hidden="true" />
        </IconButton>
        <IconButton label={say.deleteComment} onClick={() => {
            draft.drop();
            acts.removeComment(comment.id);
            onGone();
          }}>
          <Trash2 aria-hidden="true" />
        </IconButton>
      </div>
      {isWriting ? (
        <>
          <GrowingText
            aria-label={say.comment}
            isFocused={chosen}
            className="box"
            maxLength={10_000}
            value={draft.text}
            onChange={(event) => { draft.type(event.target.value); }}
            onKeyDown={(event) => {
              if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && draft.theirs === null) keep();
            }}
          />
          {draft.theirs === null ? (
            <div className="flex gap-2">
              <Button kind="main" onClick={keep}>{say.save}</Button>
              <Button kind="quiet" onClick={stop}>{say.cancel}</Button>
            </div>
          ) : (
            <TwoVersions what={say.theComment} theirs={draft.theirs} onMine={keep} onTheirs={stop} />
          )}
        </>
      ) : (
        <Markdown html={comment.html} text={comment.text} />
      )}
    </li>
  );
}
