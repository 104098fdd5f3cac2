import { useCallback, type ReactNode } from "react";
import type { Task } from "../../api/types";
import type { Params, ParamChange } from "../../address/params";
import { useCounted } from "../../data/DataContext";
import { isFinished, type Known } from "../../data/shapes";
import { countInWords } from "../../ui/words";
import { groupings } from "./groups";
import { groupNames, groupingOf, sortNames, sortOf, usualSort } from "./options";
import type { FoundIds, TasksView } from "./membership";

interface Props {
  view: TasksView;
  /** Which day it is, where that is what the view is about. */
  note: string | null;
  /** Null while nobody knows. */
  tasks: readonly Task[] | null;
  found: FoundIds | null;
  locale: string;
  params: Params;
  onChange: (change: ParamChange) => void;
}

/** How much is in the view, and how it is looked at. Its name stands above, in the page's own heading. */
export function ViewHead({ view, note, tasks, found, locale, params, onChange }: Props) {
  const count = useCount(tasks, found);
  const isBoard = params.layout === "board";
  const canGroup = !isBoard && view.name !== "today" && view.name !== "upcoming";
  return (
    <div className="mb-2 flex flex-wrap items-center gap-x-4 gap-y-1">
      <p className="min-w-0 flex-1 basis-40 text-quiet">
        {[note, count === null ? null : countInWords(count, "task", locale)].filter((said) => said !== null).join(" · ")}
      </p>
      <div className="flex flex-wrap items-center gap-x-1 gap-y-1 text-sm">
        <Choice
          label="Order"
          value={sortOf(view, params)}
          options={sortNames.map(({ sort, name }) => [sort, name])}
          onChange={(sort) => {
            onChange({ sort: sort === usualSort(view) ? null : sort });
          }}
        />
        {canGroup ? (
          <Choice
            label="Group"
            value={groupingOf(params)}
            options={groupings.map((by) => [by, by === "none" ? "Not grouped" : groupNames[by]])}
            onChange={(group) => {
              onChange({ group: group === "none" ? null : group });
            }}
          />
        ) : null}
        {view.name === "upcoming" ? null : (
          <>
            <Toggle
              isOn={isBoard}
              onToggle={() => {
                onChange({ layout: isBoard ? null : "board" });
              }}
            >
              Board
            </Toggle>
            {isBoard ? null : (
              <Toggle
                isOn={params.done === true}
                onToggle={() => {
                  onChange({ done: params.done === true ? null : true });
                }}
              >
                Finished
              </Toggle>
            )}
          </>
        )}
      </div>
    </div>
  );
}

/** How many are open, or found although they are not. */
function useCount(tasks: readonly Task[] | null, found: FoundIds | null): number | null {
  const count = useCallback(
    (known: Known) => {
      if (tasks === null) return null;
      const isOpen = (task: Task | undefined) => task !== undefined && !isFinished(task);
      return tasks.reduce((sum, { id }) => sum + (isOpen(known.task.get(id)) || found?.ids.has(id) === true ? 1 : 0), 0);
    },
    [tasks, found],
  );
  return useCounted(count);
}

function Choice({ label, value, options, onChange }: { label: string; value: string; options: readonly (readonly [string, string])[]; onChange: (value: string) => void }) {
  return (
    <select
      aria-label={label}
      value={value}
      onChange={(event) => {
        onChange(event.target.value);
      }}
      className="field-sizing-content min-h-8 cursor-pointer rounded-md border border-transparent bg-paper px-1.5 text-quiet hover:border-edge hover:text-ink pointer-coarse:min-h-touch"
    >
      {options.map(([option, name]) => (
        <option key={option} value={option}>
          {name}
        </option>
      ))}
    </select>
  );
}

function Toggle({ isOn, onToggle, children }: { isOn: boolean; onToggle: () => void; children: ReactNode }) {
  return (
    <button
      type="button"
      aria-pressed={isOn}
      onClick={onToggle}
      className="min-h-8 cursor-pointer rounded-md border border-transparent px-2 text-quiet hover:border-edge hover:text-ink aria-pressed:bg-tint aria-pressed:text-ink pointer-coarse:min-h-touch"
    >
      {children}
    </button>
  );
}
