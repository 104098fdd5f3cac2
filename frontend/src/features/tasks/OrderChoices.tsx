import type { ParamChange, Params } from "../../address/params";
import { Choice } from "./Choice";
import type { TasksView } from "./membership";
import { isManual, nameOf, namesOf, sortOf, usualSort, withStep, type StepName } from "./options";
import * as say from "./words";

interface Props {
  view: TasksView;
  params: Params;
  withFinished: boolean;
  onChange: (change: ParamChange) => void;
}

/** What people choose from. Only what was finished was completed. */
const stepsInWords: readonly (readonly [StepName, string])[] = [
  ["manual", say.myOrder],
  ["due", say.dueDate],
  ["-due", say.dueDateLastFirst],
  ["-priority", say.priority],
  ["priority", say.priorityLowestFirst],
  ["title", say.title],
  ["-title", say.titleFromZ],
  ["-created", say.newestFirst],
  ["created", say.oldestFirst],
  ["-updated", say.lastChangedFirst],
  ["updated", say.longestUnchangedFirst],
  ["-completed", say.lastCompletedFirst],
  ["completed", say.firstCompletedFirst],
];

const labels = [say.order, say.thenBy, say.andThenBy];

/** By what a view is ordered, and where that leaves it open, by what then. Once somebody has chosen, there is one more to choose; until then a phone shows the first alone. */
export function OrderChoices({ view, params, withFinished, onChange }: Props) {
  const names = sortOf(view, params).map(nameOf);
  const isOpen = params.sort !== undefined && !isManual(sortOf(view, params)) && names.length < labels.length;
  return (isOpen ? [...names, ""] : names).map((name, place) => (
    <Choice
      key={place}
      label={labels[place] ?? say.andThenBy}
      value={name}
      isSpare={place > 0 && params.sort === undefined}
      options={place === 0 ? offered([], withFinished) : [["", name === "" ? say.thenByWhat : say.nothingMore], ...offered(names.slice(0, place), withFinished)]}
      onChange={(chosen) => {
        const next = namesOf(withStep(sortOf(view, params), place, chosen));
        onChange({ sort: next === namesOf(usualSort(view)) ? null : next });
      }}
    />
  ));
}

const keyOf = (name: StepName) => name.replace("-", "");

/** Whatever was not gone by before; only what was finished was completed. */
function offered(before: readonly StepName[], withFinished: boolean) {
  const isFree = (name: StepName) => !before.some((other) => keyOf(other) === keyOf(name)) && (before.length === 0 || name !== "manual");
  return stepsInWords.filter(([name]) => isFree(name) && (withFinished || keyOf(name) !== "completed"));
}
