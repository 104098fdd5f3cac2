import { useSyncExternalStore } from "react";
import type { Entry } from "../api/types";
import { useData, useWaiting } from "./DataContext";
import { isHeldUp } from "./queueEnds";
import type { Write } from "./shapes";
import { undoActs } from "./undoActs";
import { useActs } from "./useActs";

interface Undo {
  undo: () => void;
  isAsked: boolean;
  /** It waits, because the server could not be reached. */
  isUnsent: boolean;
  isUndone: boolean;
  /** Why it was refused. */
  refusal: string | null;
}

/** Taking back an entry of the activity, with those `among` these that were done with it: like anything that is done, it is kept until the server has answered. */
export function useUndo({ id: activity, operation }: Entry, deed: string, among: readonly Entry[]): Undo {
  const data = useData();
  const acts = useActs(undoActs);
  const { queued, refused, state } = useWaiting();
  const isUndone = useSyncExternalStore(data.watch, () => data.isUndone(activity));
  const isOfThis = ({ request }: Write) => "undoes" in request && request.activity === activity;
  const isAsked = queued.some(isOfThis);
  const before = refused.find(({ write }) => isOfThis(write));
  const undo = () => {
    if (before === undefined) acts.undo(activity, deed, among.filter((each) => each.id === activity || (operation !== null && each.operation === operation)));
    else data.retry(before);
  };
  return { undo, isAsked, isUnsent: isAsked && isHeldUp(state), isUndone, refusal: before?.problem.detail ?? null };
}
