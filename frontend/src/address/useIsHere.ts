import { useRouter, type RouterHistory } from "@tanstack/react-router";
import { useCallback } from "react";
import { pathOf, viewAt } from "./views";

/** Asks whether the view that is seen is still where somebody is: they may have gone on, and the next is being fetched. */
export function useIsHere(): () => boolean {
  const router = useRouter();
  const history = router.history as RouterHistory;
  return useCallback(() => {
    const seen = router.state.matches.at(-1)?.pathname;
    return seen === undefined || placeAt(seen) === placeAt(history.location.pathname);
  }, [router, history]);
}

/** Another month, or another section of the settings, is the same place. */
function placeAt(path: string): string {
  const view = viewAt(path);
  return view.name === "calendar" || view.name === "settings" ? view.name : pathOf(view);
}
