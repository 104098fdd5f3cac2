import { useEffect, useLayoutEffect, useRef } from "react";
import { useRegistry } from "./CommandsProvider";
import type { Command } from "./Registry";

export type { Command };

/** What can be done as long as this component is on the page. The list may be a new one each time. */
export function useCommands(commands: readonly Command[]): void {
  const registry = useRegistry();
  const latest = useRef(commands);
  useLayoutEffect(() => {
    latest.current = commands;
  });
  useEffect(() => registry.add(() => latest.current), [registry]);
}
