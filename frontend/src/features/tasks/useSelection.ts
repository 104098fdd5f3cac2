import { useMemo } from "react";
import { useGo, useSelectedIds } from "../../address/useAddress";
import { saidOf, selectedFrom } from "./selection";

const none: readonly string[] = [];
const nothing: ReadonlySet<string> = new Set();

export interface Selection {
  selected: ReadonlySet<string>;
  select: (ids: ReadonlySet<string>) => void;
}

/** The address says what is selected. */
export function useSelection(shown: () => readonly string[]): Selection {
  const sel = useSelectedIds() ?? none;
  const go = useGo();
  const selected = useMemo(() => (sel.length === 0 ? nothing : selectedFrom(sel, shown())), [sel, shown]);
  const select = (ids: ReadonlySet<string>) => {
    go.set({ sel: saidOf(ids, shown()) }, { replace: true });
  };
  return { selected, select };
}
