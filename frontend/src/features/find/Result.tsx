import { CircleCheck, Circle, CircleSlash } from "lucide-react";
import type { KeyboardEventHandler } from "react";
import { searchOf } from "../../address/params";
import { useAddress, useGo, useOpened } from "../../address/useAddress";
import { pathOf } from "../../address/views";
import type { Task } from "../../api/types";
import { dayOf, timeOf } from "../../data/days";
import { useLists, usePerson, useTask } from "../../data/DataContext";
import { ColorDot } from "../../ui/ColorDot";
import { dueInWords } from "../../ui/inWords";
import type { TextPart } from "./held";
import type { Found } from "./useSearch";
import * as say from "./words";

interface Props {
  task: Task;
  matches: Found["matches"];
  onOpened: () => void;
  onKeyDown: KeyboardEventHandler<HTMLAnchorElement>;
}

const places = { title: say.title, notes: say.notes, tag: say.tag, comment: say.comment };
const states = { todo: null, in_progress: say.inProgress, done: say.done, cancelled: say.cancelled };

/** A task that was found, with what was sought set off wherever it is. */
export function Result({ task: found, matches, onOpened, onKeyDown }: Props) {
  const { view, params } = useAddress();
  const { open } = useGo();
  const isOpen = useOpened() === found.id;
  const { zone, today, locale } = usePerson();
  const lists = useLists();
  const task = useTask(found.id) ?? found;
  const list = lists.find(({ id }) => id === task.list);
  const day = dayOf(task, zone);
  const state = states[task.status];
  const title = matches.find(({ where }) => where === "title");
  const isAsFound = title?.parts.map(({ text }) => text).join("") === task.title;
  const isFinished = task.status === "done" || task.status === "cancelled";
  const Sign = task.status === "done" ? CircleCheck : task.status === "cancelled" ? CircleSlash : Circle;
  return (
    <a
      href={pathOf(view) + searchOf({ ...params, task: task.id })}
      data-result=""
      onClick={(event) => {
        onOpened();
        if (event.metaKey || event.ctrlKey || event.shiftKey) return;
        event.preventDefault();
        open(task.id);
      }}
      onKeyDown={onKeyDown}
      aria-current={isOpen ? "true" : undefined}
      className="flex gap-3 px-1 py-2.5 -outline-offset-2 hover:bg-wash aria-[current]:bg-tint"
    >
      <Sign aria-hidden="true" className="mt-0.5 size-5 flex-none text-edge" />
      <span className="grid min-w-0 flex-1 grid-cols-1 gap-0.5">
        <span className={`wrap-anywhere ${isFinished ? "text-quiet line-through" : ""}`}>{title !== undefined && isAsFound ? <Parts parts={title.parts} /> : task.title}</span>
        {matches
          .filter(({ where }) => where !== "title")
          .map(({ where, parts }, at) => (
            <span key={at} className="text-sm text-quiet wrap-anywhere">
              {places[where]}: <Parts parts={parts} />
            </span>
          ))}
        <span className="flex flex-wrap gap-x-4 text-sm text-quiet empty:hidden">
          {state === null ? null : <span>{state}</span>}
          {day === null ? null : <span>{dueInWords(day, timeOf(task, zone), today, locale)}</span>}
          {list === undefined ? null : (
            <span className="inline-flex min-w-0 items-center gap-1.5">
              <ColorDot color={list.color} />
              <span className="truncate">{list.name}</span>
            </span>
          )}
        </span>
      </span>
    </a>
  );
}

function Parts({ parts }: { parts: readonly TextPart[] }) {
  return parts.map(({ text, hit }, at) =>
    hit ? (
      <mark key={at} className="rounded-xs font-medium">
        {text}
      </mark>
    ) : (
      <span key={at}>{text}</span>
    ),
  );
}
