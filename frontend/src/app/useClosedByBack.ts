import { useRouter, type RouterHistory } from "@tanstack/react-router";
import { useEffect, useEffectEvent } from "react";

/** What lies over a view is closed by going back, or forward, and the view stays: on phones that is how sheets are closed. */
export function useClosedByBack(isOpen: boolean, onClose: () => void): void {
  const history = useRouter().history as RouterHistory;
  const close = useEffectEvent(onClose);
  useEffect(() => {
    if (!isOpen) return;
    return history.block({
      enableBeforeUnload: false,
      blockerFn: ({ action, currentLocation, nextLocation }) => {
        if (action === "PUSH" || action === "REPLACE") return false;
        close();
        return currentLocation.state.__TSR_index !== nextLocation.state.__TSR_index; // else there is no way back to here
      },
    });
  }, [history, isOpen]);
}
