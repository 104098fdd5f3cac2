import { useGo } from "../../address/useAddress";
import { usePerson } from "../../data/DataContext";
import type { Place } from "./place";
import { QuickAddForm } from "./QuickAddForm";

/** Quick add where it always is, at an end of a view: what is added belongs there. */
export function QuickAddBox({ place }: { place: Place }) {
  const { user } = usePerson();
  const { open } = useGo();
  const draft = [user.id, "new", place.list, place.tag, place.day, place.parent].join("/");
  return <QuickAddForm key={draft} draft={draft} place={place} onOpen={open} />;
}
