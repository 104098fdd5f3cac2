/** Quick add from anywhere, over whatever is shown. It is fetched once there is time, to be there at once when it is wanted. */
import { createContext, use, useCallback, useMemo, useState, type ReactNode } from "react";
import { useAddress } from "../address/useAddress";
import type { View } from "../address/views";
import { usePerson } from "../data/DataContext";
import type { Place } from "../features/capture/place";
import { usePart } from "../ui/usePart";
import { Opening } from "./Opening";
import { useClosedByBack } from "./useClosedByBack";
import * as say from "./words";

const loadQuickAdd = () => import("../features/capture/QuickAdd");

/** Without a place, a task goes where the view is. */
type Add = (place?: Place) => void;

const AddContext = createContext<Add>(() => undefined);

export const useAdd = (): Add => use(AddContext);

export function Adding({ children }: { children: ReactNode }) {
  const [place, setPlace] = useState<Place | null>(null);
  const [begun, setBegun] = useState("");
  /** Where somebody was, and is again afterwards. */
  const [from, setFrom] = useState<Element | null>(null);
  const here = useWhereAdded();
  const QuickAdd = usePart(loadQuickAdd)?.QuickAdd;
  const add = useCallback<Add>(
    (wanted) => {
      setPlace(wanted ?? here);
      setFrom(document.activeElement);
    },
    [here],
  );
  const close = () => {
    setPlace(null);
    setBegun("");
  };
  useClosedByBack(place !== null, close);
  return (
    <AddContext value={add}>
      {children}
      {place === null ? null : QuickAdd === undefined ? (
        <Opening label={say.quickAdd} field={say.newTask} text={begun} from={from} onText={setBegun} onClose={close} />
      ) : (
        <QuickAdd place={place} from={from} begun={begun} onDone={close} />
      )}
    </AddContext>
  );
}

/** What is added in a view is to be seen there; of filters nobody knows what they would find, and so it goes to the Inbox. */
export function useWhereAdded(): Place {
  const { view, params } = useAddress();
  const { today } = usePerson();
  return useMemo(() => placeOf(view, params.day, today), [view, params.day, today]);
}

function placeOf(view: View, day: string | undefined, today: string): Place {
  if (view.name === "list") return { list: view.id };
  if (view.name === "tag") return { tag: view.id };
  if (view.name === "today") return { day: today };
  if (view.name === "upcoming") return { day: day ?? today };
  return view.name === "calendar" && day !== undefined ? { day } : {};
}
