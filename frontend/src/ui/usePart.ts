import { useEffect, useState } from "react";
import { whenIdle } from "../later";

/**
 * A part of the page that is fetched when there is time for it; null until it is there. One that cannot be fetched takes
 * nothing else away, as an error of `lazy` would, and is asked for again when the network is back.
 */
export function usePart<Part>(load: () => Promise<Part>, isWanted = true): Part | null {
  const [part, setPart] = useState<{ is: Part } | null>(null);
  useEffect(() => {
    if (!isWanted || part !== null) return;
    const fetchIt = () => {
      load().then(
        (is) => {
          setPart({ is });
        },
        (error: unknown) => {
          console.warn("A part of the page could not be fetched:", error);
        },
      );
    };
    whenIdle(fetchIt);
    window.addEventListener("online", fetchIt);
    return () => {
      window.removeEventListener("online", fetchIt);
    };
  }, [load, isWanted, part]);
  return part === null ? null : part.is;
}
