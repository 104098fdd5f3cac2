import { useMemo, useState } from "react";
import { useAddress, useGo } from "../../address/useAddress";
import { saidOf, selectedFrom } from "./selection";

const none: readonly string[] = [];
const nothing: ReadonlySet<string> = new Set();

export interface Selection {
  selected: ReadonlySet<string>;
  select: (ids: ReadonlySet<string>) => void;
}

/** The address says what is selected; only when that is very much, it is remembered here. */
export function useSelection(shown: () => readonly string[]): Selection {
  const { sel = none } = useAddress().params;
  const go = useGo();
  const [many, setMany] = useState<ReadonlySet<string> | null>(null);
  const selected = useMemo(() => {
    const said = many === null ? sel : [...many];
    return said.length === 0 ? nothing : selectedFrom(said, shown());
  }, [many, sel, shown]);
  const select = (ids: ReadonlySet<string>) => {
    const said = ids.size === 0 ? null : saidOf(ids, shown());
    setMany(said === undefined ? ids : null);
    go.set({ sel: said ?? null }, { replace: true });
  };
  return { selected, select };
}
