import { useAddress, useGo } from "../address/useAddress";
import { pathOf, type View } from "../address/views";
import { usePart } from "../ui/usePart";
import { useWhereAdded } from "./adding";

// They come once the tasks are there.
const loadQuickAdd = () => import("../features/capture/QuickAddBox");
const loadFilterBar = () => import("../features/find/FilterBar");

const ofTasks: readonly View["name"][] = ["inbox", "today", "upcoming", "list", "tag", "filter"];

/** Above each view of tasks: a way to add to it, and a way to narrow it. */
export function AboveTasks() {
  const { view, params } = useAddress();
  const { set } = useGo();
  const place = useWhereAdded();
  const QuickAddBox = usePart(loadQuickAdd)?.QuickAddBox;
  const FilterBar = usePart(loadFilterBar)?.FilterBar;
  if (!ofTasks.includes(view.name)) return null;
  return (
    <div className="mb-4 grid gap-2 pt-2">
      {QuickAddBox === undefined ? <div className="min-h-11" /> : <QuickAddBox place={place} />}
      {FilterBar === undefined ? (
        <div className="min-h-9" />
      ) : (
        <FilterBar
          key={pathOf(view)}
          value={params.q ?? ""}
          onChange={(q) => {
            set({ q: q === "" ? null : q }, { replace: true });
          }}
        />
      )}
    </div>
  );
}
