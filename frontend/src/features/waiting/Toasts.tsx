import { X } from "lucide-react";
import { useEffect, useEffectEvent, useRef, useState } from "react";
import { useGo } from "../../address/useAddress";
import { useCommands } from "../../commands/useCommands";
import { useData } from "../../data/DataContext";
import type { Write } from "../../data/shapes";
import { Button } from "../../ui/Button";
import { IconButton } from "../../ui/IconButton";
import { useClearance } from "../../ui/keptClear";
import { madeBy, nameOf, STAYS, undone, withNew, without, type Toast } from "./stack";
import { useHeld } from "./useHeld";
import * as say from "./words";

/** What was done just now, and the way back: for a while each, and for as long as somebody looks at it. */
export function Toasts() {
  const data = useData();
  const [toasts, setToasts] = useState<readonly Toast[]>([]);
  const [place, isHeld] = useHeld();
  useClearance(place);
  useEffect(
    () =>
      data.onWrite((write) => {
        if (write.hides !== null) setToasts((before) => withNew(before, write));
      }),
    [data],
  );
  const takeBack = (write: Write) => {
    data.takeBack(write);
    setToasts((before) => undone(withNew(before, write), write.id));
  };
  const putAway = (id: string) => {
    setToasts((before) => without(before, id));
  };
  useCommands([
    {
      id: "undo",
      label: say.undoLast,
      keys: ["z"],
      group: say.anywhere,
      when: () => data.lastUndoable() !== null,
      run: () => {
        const write = data.lastUndoable();
        if (write !== null) takeBack(write);
      },
    },
  ]);
  return (
    <div
      ref={place}
      role="status"
      aria-label={say.doneJustNow}
      className="pointer-events-none fixed bottom-0 left-0 z-20 grid w-full max-w-md gap-2 p-3 max-lg:bottom-thumb lg:left-[calc(max(0px,(100vw-120rem)/2)+var(--spacing-side))]"
    >
      {toasts.map((toast) => (
        <OneToast key={nameOf(toast.write)} toast={toast} isHeld={isHeld} onUndo={takeBack} onGone={putAway} />
      ))}
    </div>
  );
}

const look = "font-semibold text-paper! hover:border-paper!";

interface Props {
  toast: Toast;
  isHeld: boolean;
  onUndo: (write: Write) => void;
  onGone: (id: string) => void;
}

function OneToast({ toast: { write, undone: isUndone }, isHeld, onUndo, onGone }: Props) {
  const says = write.whole?.says ?? write.says;
  const made = madeBy(write);
  const { open } = useGo();
  const closing = useRef<HTMLButtonElement>(null);
  const gone = useEffectEvent(() => {
    onGone(write.id);
  });
  useEffect(() => {
    if (isHeld) return;
    const timer = setTimeout(gone, STAYS);
    return () => {
      clearTimeout(timer);
    };
  }, [isHeld, isUndone]);
  return (
    <div className="toast pointer-events-auto flex flex-wrap items-center justify-end gap-x-2 rounded-lg bg-ink py-1.5 pr-1.5 pl-4 text-paper shadow-float">
      <p className="line-clamp-2 min-w-0 flex-1 basis-48 wrap-anywhere">{isUndone ? say.undone(says) : says}</p>
      <div className="flex items-center gap-2">
        {made === null || isUndone ? null : (
          <Button
            kind="quiet"
            className={look}
            aria-label={say.openNamed(says)}
            onClick={() => {
              open(made);
              onGone(write.id);
            }}
          >
            {say.open}
          </Button>
        )}
        {isUndone ? null : (
          <Button
            kind="quiet"
            className={look}
            aria-label={say.undoNamed(says)}
            onClick={() => {
              closing.current?.focus(); // which stays, when this button goes
              onUndo(write);
            }}
          >
            {say.undo}
          </Button>
        )}
        <IconButton
          ref={closing}
          label={say.putAway}
          className="text-paper! hover:bg-transparent!"
          onClick={() => {
            onGone(write.id);
          }}
        >
          <X aria-hidden="true" />
        </IconButton>
      </div>
    </div>
  );
}
