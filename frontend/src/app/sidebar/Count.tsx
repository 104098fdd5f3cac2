import { usePerson } from "../../data/DataContext";
import { numberInWords } from "../../ui/inWords";
import * as say from "./words";

/** How many open tasks are there; nothing for none. */
export function Count({ of }: { of: number | undefined }) {
  const { locale } = usePerson();
  if (of === undefined || of === 0) return null;
  return (
    <span className="text-sm text-quiet tabular-nums">
      {numberInWords(of, locale)}
      <span className="sr-only"> {say.open}</span>
    </span>
  );
}
