import { useState } from "react";

const KEY = "taskora.week-numbers";

/** Whether weeks have their numbers: of this browser, as it is about how much room there is. */
export function useWeekNumbers(): [boolean, (shown: boolean) => void] {
  const [shown, setShown] = useState(() => localStorage.getItem(KEY) === "yes");
  return [
    shown,
    (next) => {
      setShown(next);
      localStorage.setItem(KEY, next ? "yes" : "no");
    },
  ];
}
