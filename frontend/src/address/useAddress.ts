import { useMatches, useRouter, type AnyRouter } from "@tanstack/react-router";
import { useMemo } from "react";
import { changed, paramsOf, searchOf, type ParamChange, type Params } from "./params";
import { pathOf, viewAt, type View } from "./views";

export interface Address {
  view: View;
  /** How it is seen. */
  params: Omit<Params, "task" | "sel">;
}

/**
 * Where we are: what is shown, not what is still being fetched. It stays the same though something is opened or selected
 * in it: who wants to know of that asks for it, and nobody else is drawn again for a click.
 */
export function useAddress(): Address {
  const path = useMatches({ select: (matches) => matches.at(-1)?.pathname ?? "/" });
  const params = useParams((all) => ({ ...all, task: null, sel: null }));
  const view = useMemo(() => viewAt(path), [path]);
  return useMemo(() => ({ view, params }), [view, params]);
}

/** The task whose panel is open. */
export const useOpened = (): string | undefined => useParams(({ task = null }) => ({ task })).task;

/** What is selected, as the address says it. */
export const useSelectedIds = (): readonly string[] | undefined => useParams(({ sel = null }) => ({ sel })).sel;

/** Compared as they are written: a text is the same when nothing of it is another. */
function useParams(select: (params: Params) => ParamChange): Params {
  const written = useMatches({ select: (matches) => searchOf(select((matches.at(-1)?.search ?? {}) as Params)) });
  return useMemo(() => paramsOf(written), [written]);
}

export interface Go {
  /** A task's panel beside the view; null closes it. */
  open: (task: string | null) => void;
  /** Another view. What was open, selected and filtered stays behind. */
  to: (place: View | string, params?: Params) => void;
  /** The same view, seen differently. */
  set: (change: ParamChange, how?: { replace?: boolean }) => void;
}

/** The router reads and writes what is behind the question mark by params.ts. */
const paramsNow = (router: AnyRouter) => router.latestLocation.search as Params;

/** Ways to go; they stay the same, so that rows need not be drawn again. */
export function useGo(): Go {
  const router = useRouter();
  return useMemo(() => {
    const set: Go["set"] = (change, { replace = false } = {}) => {
      const search = changed(paramsNow(router), change);
      void router.navigate({ to: router.latestLocation.pathname, search, replace, resetScroll: false });
    };
    return {
      set,
      open: (task) => {
        if (paramsNow(router).task !== (task ?? undefined)) set({ task });
      },
      to: (place, params = {}) => {
        void router.navigate({ to: typeof place === "string" ? place : pathOf(place), search: params });
      },
    };
  }, [router]);
}
