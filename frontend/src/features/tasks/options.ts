/** How a view is ordered and grouped, where the address does not say otherwise. */
import type { Params } from "../../address/params";
import { byDue, orders, type Step } from "../../data/order";
import { groupings, type Grouping } from "./groups";
import type { TasksView } from "./membership";

export const MANUAL: readonly Step[] = [{ order: "manual", down: false }];

/** As it stands in the address and is asked of the API: "-priority". */
export type StepName = string;

export const nameOf = ({ order, down }: Step): StepName => (down ? `-${order}` : order);
export const namesOf = (steps: readonly Step[]): string => steps.map(nameOf).join(",");

export const usualSort = (view: TasksView): readonly Step[] => (view.name === "inbox" || view.name === "list" ? MANUAL : byDue);

/** Each key once; behind a person's own order nothing is left to decide. */
export function stepsOf(sort: string): Step[] {
  const steps: Step[] = [];
  for (const name of sort.split(",")) {
    const order = orders.find((known) => known === name.replace("-", ""));
    if (order === undefined || steps.some((step) => step.order === order || step.order === "manual")) continue;
    steps.push({ order, down: name.startsWith("-") });
  }
  return steps;
}

/** What finished before it was opened is there, too; never among the days ahead. */
export const showsFinished = (view: TasksView, { done, layout }: Params): boolean => view.name !== "upcoming" && (done === true || layout === "board");

const read = new Map<string, readonly Step[]>();
const readOfOpen = new Map<string, readonly Step[]>();

/** The same again for the same address, so that nothing is put in order anew for it. Only what is finished was completed. */
export function sortOf(view: TasksView, params: Params): readonly Step[] {
  const { sort = "" } = params;
  const withFinished = showsFinished(view, params);
  const known = withFinished ? read : readOfOpen;
  const steps = known.get(sort) ?? stepsOf(sort).filter(({ order }) => withFinished || order !== "completed");
  known.set(sort, steps);
  return steps.length === 0 ? usualSort(view) : steps;
}

/** Another key in this place; an empty one ends it there. */
export function withStep(steps: readonly Step[], place: number, name: StepName): readonly Step[] {
  if (name === "") return steps.slice(0, place);
  return stepsOf([...steps.slice(0, place).map(nameOf), name, ...steps.slice(place + 1).map(nameOf)].join(","));
}

export const isManual = (steps: readonly Step[]): boolean => steps[0]?.order === "manual" && !steps[0].down;

export const groupingOf = ({ group }: Params): Grouping => groupings.find((known) => known === group) ?? "none";
