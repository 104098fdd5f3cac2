import { useQuery } from "@tanstack/react-query";
import { useRef, type RefObject } from "react";
import type { Answer, Ask } from "../../api/client";
import { isOutOfReach, sentence } from "../../api/problem";
import type { Comment, Task } from "../../api/types";
import { sameItems, useData, useKnown } from "../../data/DataContext";
import { commentActs } from "../../data/commentActs";
import { useActs } from "../../data/useActs";
import { useAsk } from "../../data/useAsk";
import { Button } from "../../ui/Button";
import { OutOfReach } from "../../ui/OutOfReach";
import { useChanging } from "./changing";
import { CommentRow } from "./CommentRow";
import { GrowingText } from "./GrowingText";
import { Section } from "./Section";
import { useDraft } from "./useDraft";
import * as say from "./words";

const MOST = 10_000;
const PAGE = 200;

/** What was said about a task, the oldest first. Held like tasks are, so that the stream keeps it current. */
export function Comments({ task }: { task: Task }) {
  const data = useData();
  const ask = useAsk();
  const { draftOf } = useChanging();
  const box = useRef<HTMLTextAreaElement>(null);
  const { isPending, isError, error, refetch, fetchStatus, failureReason } = useQuery({
    queryKey: ["comments", task.id],
    queryFn: async () => {
      const read = await all(ask, task.id);
      data.learn("comment", read);
      return read.length;
    },
    enabled: task.version > 0,
    staleTime: 0,
  });
  const isAwaited = isPending && task.version > 0;
  const comments = useKnown((known) => [...known.comment.values()].filter((each) => each.task === task.id).sort(byTime), sameItems);
  return (
    <Section title={say.comments} aside={comments.length === 0 ? null : <span className="text-sm text-quiet">{comments.length}</span>}>
      {comments.length === 0 ? null : (
        <ol aria-label={say.comments} className="grid gap-3">
          {comments.map((comment) => (
            <CommentRow key={comment.id} comment={comment} place={draftOf(`comment/${comment.id}`)} onGone={() => { box.current?.focus(); }} />
          ))}
        </ol>
      )}
      {!isAwaited ? null : isOutOfReach({ fetchStatus, failureReason }) ? (
        <OutOfReach what={say.theComments} isPart />
      ) : comments.length === 0 ? (
        <p role="status" className="text-sm text-quiet">{say.loadingComments}</p>
      ) : null}
      {isError ? (
        <p role="alert" className="text-sm">
          {say.commentsNotLoaded} {sentence(error)}{" "}
          <button type="button" className="link" onClick={() => void refetch()}>{say.tryAgain}</button>
        </p>
      ) : null}
      <NewComment task={task} place={draftOf("comment")} box={box} />
    </Section>
  );
}

function NewComment({ task, place, box }: { task: Task; place: string; box: RefObject<HTMLTextAreaElement | null> }) {
  const acts = useActs(commentActs);
  const draft = useDraft(place, "");
  const send = () => {
    const text = draft.text.trim();
    if (text === "") return;
    acts.comment(task.id, text);
    draft.drop();
  };
  return (
    <form
      aria-label={say.newComment}
      className="grid gap-2"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <GrowingText
        box={box}
        aria-label={say.writeAComment}
        placeholder={say.writeAComment}
        className="box"
        maxLength={MOST}
        value={draft.text}
        onChange={(event) => { draft.type(event.target.value); }}
        onKeyDown={(event) => {
          if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) send();
        }}
      />
      {draft.isBegun ? <Button kind="main" type="submit" className="justify-self-start">{say.comment}</Button> : null}
    </form>
  );
}

async function all(ask: Ask, task: string): Promise<Comment[]> {
  const items: Comment[] = [];
  for (let cursor: string | null = null; ; ) {
    const page: Answer<"get", "/api/tasks/{task_id}/comments"> = await ask("get", "/api/tasks/{task_id}/comments", { path: { task_id: task }, query: { limit: PAGE, ...(cursor === null ? {} : { cursor }) } });
    items.push(...page.items);
    if (page.next == null) return items;
    cursor = page.next;
  }
}

const byTime = (one: Comment, other: Comment) => (one.created_at < other.created_at ? -1 : one.created_at > other.created_at ? 1 : one.id < other.id ? -1 : 1);
