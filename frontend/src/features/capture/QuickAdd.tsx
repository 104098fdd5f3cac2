import { useLayoutEffect, useRef, useState } from "react";
import { useGo } from "../../address/useAddress";
import { usePerson } from "../../data/DataContext";
import { Kbd } from "../../ui/Kbd";
import type { Place } from "./place";
import { QuickAddForm } from "./QuickAddForm";

interface Props {
  place: Place;
  /** Where the focus goes in the end. */
  from: Element | null;
  /** What was typed before this was there. */
  begun: string;
  onDone: () => void;
}

/** Quick add over whatever somebody is doing. The browser's own dialog: it is there at once, for what is typed next. */
export function QuickAdd({ place, from, begun, onDone }: Props) {
  const { user } = usePerson();
  const { open } = useGo();
  const dialog = useRef<HTMLDialogElement>(null);
  const [added, setAdded] = useState<string | null>(null);
  useLayoutEffect(() => {
    dialog.current?.showModal();
    const field = dialog.current?.querySelector("textarea");
    field?.setSelectionRange(field.value.length, field.value.length); // to go on where it ends
    return () => {
      if (from instanceof HTMLElement) from.focus();
    };
  }, [from]);
  return (
    <dialog
      ref={dialog}
      aria-label="Quick add"
      className="sheet top-[min(12dvh,6rem)] mx-auto w-[min(40rem,calc(100vw-1.5rem))] overflow-visible p-4 text-ink backdrop:bg-veil"
      onClose={onDone}
    >
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
        <p role="status" className="min-w-0 flex-1 basis-40 truncate">
          {added === null ? "" : `Added: ${added}`}
        </p>
        <span className="flex items-center gap-1.5 pointer-coarse:hidden">
          <Kbd keys="enter" /> add
        </span>
        <span className="flex items-center gap-1.5 pointer-coarse:hidden">
          <Kbd keys="mod+enter" /> add and open
        </span>
        <form method="dialog">
          <button type="submit" className="flex min-h-6 cursor-pointer items-center gap-1.5 pointer-coarse:min-h-touch">
            <Kbd keys="esc" /> close
          </button>
        </form>
      </div>
    </dialog>
  );
}
