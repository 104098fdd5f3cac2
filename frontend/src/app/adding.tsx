/** Quick add from anywhere: it is fetched when it is first asked for, and opens over whatever is shown. */
import { createContext, lazy, Suspense, use, useCallback, useState, type ReactNode } from "react";
import { useAddress } from "../address/useAddress";
import type { View } from "../address/views";
import { usePerson } from "../data/DataContext";
import type { Place } from "../features/capture/place";

const QuickAdd = lazy(() => import("../features/capture/QuickAdd").then((module) => ({ default: module.QuickAdd })));

/** Without a place, a task goes where the view is. */
type Add = (place?: Place) => void;

const AddContext = createContext<Add>(() => undefined);

export const useAdd = (): Add => use(AddContext);

export function Adding({ children }: { children: ReactNode }) {
  const { view } = useAddress();
  const { today } = usePerson();
  const [place, setPlace] = useState<Place | null>(null);
  const here = placeOf(view, today);
  const add = useCallback<Add>(
    (wanted) => {
      setPlace(wanted ?? here);
    },
    // eslint-disable-next-line react-hooks/exhaustive-deps -- what it holds is new each time, and the same as long as these are
    [view, today],
  );
  return (
    <AddContext value={add}>
      {children}
      {place === null ? null : (
        <Suspense>
          <QuickAdd
            place={place}
            onDone={() => {
              setPlace(null);
            }}
          />
        </Suspense>
      )}
    </AddContext>
  );
}

/** What is added in a view is to be seen there. */
function placeOf(view: View, today: string): Place {
  if (view.name === "list") return { list: view.id };
  if (view.name === "tag") return { tag: view.id };
  return view.name === "today" ? { day: today } : {};
}
