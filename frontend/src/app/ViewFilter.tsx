import { lazy, Suspense } from "react";
import { useAddress, useGo } from "../address/useAddress";

const FilterBar = lazy(() => import("../features/find/FilterBar").then((module) => ({ default: module.FilterBar })));

/** Narrows a view of tasks, which the address remembers. */
export function ViewFilter() {
  const { params } = useAddress();
  const go = useGo();
  return (
    <Suspense>
      <FilterBar
        value={params.q ?? ""}
        onChange={(q) => {
          go.set({ q: q === "" ? null : q }, { replace: true });
        }}
      />
    </Suspense>
  );
}
