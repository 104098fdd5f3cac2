import { useRef, type KeyboardEvent, type ReactNode } from "react";
import { Problem, sentence, Unreachable } from "../../api/problem";
import { sameItems, useKnown, usePerson } from "../../data/DataContext";
import { Button } from "../../ui/Button";
import { Empty } from "../../ui/Empty";
import { Failed } from "../../ui/Failed";
import { Skeleton } from "../../ui/Skeleton";
import { heldWith, lit } from "./held";
import { Result } from "./Result";
import { useSearch, type Found } from "./useSearch";
import * as say from "./words";

interface Props {
  text: string;
  withFinished: boolean;
  onOpened: () => void;
  /** Back to where one types. */
  onLeave: () => void;
}

const MOST_HELD = 50;

export function Results({ text, withFinished, onOpened, onLeave }: Props) {
  const { locale } = usePerson();
  const search = useSearch(text, withFinished);
  const list = useRef<HTMLOListElement>(null);

  function press(event: KeyboardEvent<HTMLAnchorElement>) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const all = [...(list.current?.querySelectorAll<HTMLElement>("a[data-result]") ?? [])];
    const next = all.indexOf(event.currentTarget) + step;
    if (next < 0) onLeave();
    else all[next]?.focus();
  }
  const rows = (found: readonly Found[]) => (
    <ol ref={list} aria-label={say.found} className="divide-y divide-line border-y border-line">
      {found.map(({ task, matches }) => (
        <li key={task.id}>
          <Result task={task} matches={matches} onOpened={onOpened} onKeyDown={press} />
        </li>
      ))}
    </ol>
  );

  if (search.error instanceof Unreachable) return <Held text={text} rows={rows} onRetry={() => void search.refetch()} />;
  if (search.isError) {
    const { error } = search;
    return <Failed what={say.didNotWork} why={sentence(error)} requestId={error instanceof Problem ? error.requestId : null} onRetry={() => void search.refetch()} />;
  }
  if (search.data === undefined) return <Skeleton what={say.searching} />;
  const found = search.data.pages.flatMap(({ items }) => items);
  if (found.length === 0 && !search.isBehind) {
    return (
      <Empty title={say.nothingFound(search.words)}>
        <p>{withFinished ? say.fewerWords : say.fewerWordsOrFinished}</p>
      </Empty>
    );
  }
  const isAll = search.data.pages.every(({ complete }) => complete);
  return (
    <div className={`grid grid-cols-1 gap-3 ${search.isBehind ? "opacity-60" : ""}`} aria-busy={search.isBehind}>
      <p role="status" className="text-sm text-quiet">
        {say.foundTasks(found.length, locale, search.hasNextPage)}
        {isAll ? "" : say.tooMany}
      </p>
      {rows(found)}
      {search.hasNextPage ? (
        <Button className="justify-self-start" busy={search.isFetchingNextPage} onClick={() => void search.fetchNextPage()}>
          {say.showMore}
        </Button>
      ) : null}
    </div>
  );
}

/** Without the server: what this browser holds. */
function Held({ text, rows, onRetry }: { text: string; rows: (found: readonly Found[]) => ReactNode; onRetry: () => void }) {
  const tasks = useKnown((known) => heldWith(known.task.values(), text, MOST_HELD), sameItems);
  const found = tasks.map((task) => ({ task, matches: [{ where: "title" as const, id: null, parts: lit(task.title, text) }] }));
  return (
    <div className="grid grid-cols-1 gap-3">
      <div role="status" className="flex flex-wrap items-center gap-x-4 gap-y-2 rounded-md border border-edge bg-raised px-3 py-2 text-sm">
        <p className="min-w-0 flex-1 basis-60">{say.onlyThisDevice}</p>
        <Button onClick={onRetry}>{say.tryAgain}</Button>
      </div>
      {found.length === 0 ? <Empty title={say.nothingHere(text.trim())} /> : rows(found)}
    </div>
  );
}
