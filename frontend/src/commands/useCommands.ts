import { createContext, use, useEffect, useLayoutEffect, useRef } from "react";
import { useRegistry } from "./CommandsProvider";
import type { Command } from "./Registry";

export type { Command };

/** Says whether the commands of what is in it are meant now. It stays the same function. */
export const MeantContext = createContext<() => boolean>(() => true);

/** What can be done as long as this component is on the page. The list may be a new one each time. */
export function useCommands(commands: readonly Command[]): void {
  const registry = useRegistry();
  const areMeant = use(MeantContext);
  const latest = useRef(commands);
  useLayoutEffect(() => {
    latest.current = commands;
  });
  useEffect(() => registry.add(() => (areMeant() ? latest.current : [])), [registry, areMeant]);
}
