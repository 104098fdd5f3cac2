import type { ParamChange, Params } from "../../address/params";
import { Choice } from "./Choice";
import type { TasksView } from "./membership";
import { isManual, nameOf, namesOf, sortOf, usualSort, withStep, type StepName } from "./options";

interface Props {
  view: TasksView;
  params: Params;
  withFinished: boolean;
  onChange: (change: ParamChange) => void;
}

/** What people choose from. Only what was finished was completed. */
const stepsInWords: readonly (readonly [StepName, string])[] = [
  ["manual", "My order"],
  ["due", "Due date"],
  ["-due", "Due date, last first"],
  ["-priority", "Priority"],
  ["priority", "Priority, lowest first"],
  ["title", "Title"],
  ["-title", "Title, from Z"],
  ["-created", "Newest first"],
  ["created", "Oldest first"],
  ["-updated", "Last changed first"],
  ["updated", "Longest unchanged first"],
  ["-completed", "Last completed first"],
  ["completed", "First completed first"],
];

const labels = ["Order", "Then by", "And then by"];

/** By what a view is ordered, and where that leaves it open, by what then. Once somebody has chosen, there is one more to choose. */
export function OrderChoices({ view, params, withFinished, onChange }: Props) {
  const names = sortOf(view, params).map(nameOf);
  const isOpen = params.sort !== undefined && !isManual(sortOf(view, params)) && names.length < labels.length;
  return (isOpen ? [...names, ""] : names).map((name, place) => (
    <Choice
      key={place}
      label={labels[place] ?? "And then by"}
      value={name}
      options={place === 0 ? offered([], withFinished) : [["", name === "" ? "then by…" : "nothing more"], ...offered(names.slice(0, place), withFinished)]}
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
