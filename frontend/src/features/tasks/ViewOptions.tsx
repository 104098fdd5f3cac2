import type { ReactNode } from "react";
import type { ParamChange, Params } from "../../address/params";
import { useCommands } from "../../commands/useCommands";
import { Choice } from "./Choice";
import type { Grouping } from "./groups";
import type { TasksView } from "./membership";
import { groupingOf, showsFinished } from "./options";
import { OrderChoices } from "./OrderChoices";
import * as say from "./words";

interface Props {
  view: TasksView;
  params: Params;
  onChange: (change: ParamChange) => void;
}

const groupings: readonly (readonly [Grouping, string])[] = [
  ["none", say.notGrouped],
  ["day", say.byDay],
  ["priority", say.byPriority],
  ["list", say.byList],
  ["tag", say.byTag],
];

/** How a view is looked at: in which order and groups, as a list or a board, with what is finished or without. */
export function ViewOptions({ view, params, onChange }: Props) {
  const isBoard = params.layout === "board";
  const hasMore = view.name !== "upcoming";
  const turnBoard = () => {
    onChange({ layout: isBoard ? null : "board" });
  };
  const turnFinished = () => {
    onChange({ done: params.done === true ? null : true });
  };
  useCommands([
    { id: "board", label: isBoard ? say.asList : say.asBoard, group: say.theView, run: turnBoard, when: () => hasMore },
    { id: "finished", label: params.done === true ? say.hideFinished : say.showFinished, group: say.theView, run: turnFinished, when: () => hasMore && !isBoard },
  ]);
  const canGroup = !isBoard && view.name !== "today" && view.name !== "upcoming";
  return (
    <div className="flex flex-wrap items-center gap-1 text-sm max-sm:-mx-1.5 max-sm:gap-x-0">
      <OrderChoices view={view} params={params} withFinished={showsFinished(view, params)} onChange={onChange} />
      {canGroup ? (
        <Choice
          label={say.group}
          value={groupingOf(params)}
          options={groupings}
          onChange={(group) => {
            onChange({ group: group === "none" ? null : group });
          }}
        />
      ) : null}
      {hasMore ? (
        <>
          <Toggle isOn={isBoard} onToggle={turnBoard}>
            {say.board}
          </Toggle>
          {isBoard ? null : (
            <Toggle isOn={params.done === true} onToggle={turnFinished}>
              {say.finished}
            </Toggle>
          )}
        </>
      ) : null}
    </div>
  );
}

function Toggle({ isOn, onToggle, children }: { isOn: boolean; onToggle: () => void; children: ReactNode }) {
  return (
    <button
      type="button"
      aria-pressed={isOn}
      onClick={onToggle}
      className="min-h-8 cursor-pointer rounded-md border border-transparent px-2 text-quiet max-sm:px-1.5 hover:border-edge hover:text-ink aria-pressed:bg-tint aria-pressed:text-ink pointer-coarse:min-h-touch"
    >
      {children}
    </button>
  );
}
