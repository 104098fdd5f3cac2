import { useMatches, useRouter, type AnyRouter } from "@tanstack/react-router";
import { useMemo } from "react";
import { changed, type ParamChange, type Params } from "./params";
import { pathOf, viewAt, type View } from "./views";

export interface Address {
  view: View;
  params: Params;
}

/** Where we are: what is shown, not what is still being fetched. */
export function useAddress(): Address {
  const path = useMatches({ select: (matches) => matches.at(-1)?.pathname ?? "/" });
  const params = useMatches({ select: (matches) => (matches.at(-1)?.search ?? {}) as Params });
  const view = useMemo(() => viewAt(path), [path]); // the same one though something is opened or selected in it
  return useMemo(() => ({ view, params }), [view, params]);
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
