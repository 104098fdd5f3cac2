import { startTransition, useEffect, useState } from "react";
import { whenPainted } from "../later";

/** False until what was drawn first is on the screen. */
export function usePainted(): boolean {
  const [isPainted, setPainted] = useState(false);
  useEffect(
    () =>
      whenPainted(() => {
        startTransition(() => {
          setPainted(true);
        });
      }),
    [],
  );
  return isPainted;
}
