import { ChevronLeft, ChevronRight } from "lucide-react";
import * as say from "./words";

interface Props {
  /** "November 2026" */
  name: string;
  onTurn: (months: -1 | 1) => void;
}

/** The name of the month, and the ways to the one before and the one after. */
export function MonthTurner({ name, onTurn }: Props) {
  const look = "grid size-9 cursor-pointer place-items-center rounded-md text-quiet hover:text-ink pointer-coarse:size-11";
  return (
    <div className="flex items-center justify-between">
      <button type="button" aria-label={say.previousMonth} className={look} onClick={() => { onTurn(-1); }}>
        <ChevronLeft size={18} aria-hidden="true" />
      </button>
      <p aria-live="polite" className="font-semibold">
        {name}
      </p>
      <button type="button" aria-label={say.nextMonth} className={look} onClick={() => { onTurn(1); }}>
        <ChevronRight size={18} aria-hidden="true" />
      </button>
    </div>
  );
}
