import { useMemo, useState } from "react";
import { useAddress, useGo } from "../../address/useAddress";
import { saidOf, selectedFrom } from "./selection";

const none: readonly string[] = [];

export interface Selection {
  selected: ReadonlySet<string>;
  select: (ids: ReadonlySet<string>) => void;
}

/** The address says what is selected; only when that is very much, it is remembered here. */
export function useSelection(shown: readonly string[]): Selection {
  const { sel = none } = useAddress().params;
  const go = useGo();
  const [many, setMany] = useState<ReadonlySet<string> | null>(null);
  const selected = useMemo(() => (many === null ? selectedFrom(sel, shown) : selectedFrom([...many], shown)), [many, sel, shown]);
  const select = (ids: ReadonlySet<string>) => {
    const said = saidOf(ids, shown);
    setMany(said === undefined ? ids : null);
    go.set({ sel: said ?? null }, { replace: true });
  };
  return { selected, select };
}
