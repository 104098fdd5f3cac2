import { useState } from "react";
import { useGo } from "../../address/useAddress";
import { usePerson } from "../../data/DataContext";
import { AtOnce } from "../../ui/AtOnce";
import { Kbd } from "../../ui/Kbd";
import type { Place } from "./place";
import { QuickAddForm } from "./QuickAddForm";
import * as say from "./words";

interface Props {
  place: Place;
  /** Where the focus goes in the end. */
  from: Element | null;
  /** What was typed before this was there. */
  begun: string;
  onDone: () => void;
}

/** Quick add over whatever somebody is doing. */
export function QuickAdd({ place, from, begun, onDone }: Props) {
  const { user } = usePerson();
  const { open } = useGo();
  const [added, setAdded] = useState("");
  return (
    <AtOnce label={say.quickAdd} from={from} className="overflow-visible p-4" onClose={onDone}>
      <QuickAddForm
        draft={`${user.id}/new`}
        place={place}
        begun={begun}
        focused
        onAdded={setAdded}
        onOpen={(task) => {
          open(task);
          onDone();
        }}
      />
      <div className="mt-3 flex flex-wrap items-center gap-x-4 gap-y-1 text-sm text-quiet">
        <p role="status" className="line-clamp-2 min-w-0 flex-1 basis-40 wrap-anywhere">
          {added}
        </p>
        <span className="flex items-center gap-1.5 pointer-coarse:hidden">
          <Kbd keys="enter" /> {say.add}
        </span>
        <span className="flex items-center gap-1.5 pointer-coarse:hidden">
          <Kbd keys="mod+enter" /> {say.addAndOpen}
        </span>
        <form method="dialog">
          <button type="submit" className="flex min-h-6 cursor-pointer items-center gap-1.5 pointer-coarse:min-h-touch pointer-coarse:min-w-touch pointer-coarse:justify-center">
            <Kbd keys="esc" /> {say.close}
          </button>
        </form>
      </div>
    </AtOnce>
  );
}
