import { Dialog as Base } from "@base-ui/react/dialog";
import { X } from "lucide-react";
import { useRef, type ReactNode, type RefObject } from "react";
import { IconButton } from "./IconButton";
import * as say from "./words";

interface Props {
  title: string;
  /** The title is said, and not shown; what is in it has a way to close it. */
  bare?: boolean;
  /** In the middle, or along a side. */
  place?: "middle" | "left" | "right";
  width?: "narrow" | "wide";
  /** Where the focus goes back to, when what opened it is gone by then: a choice in a menu. */
  finalFocus?: RefObject<HTMLElement | null> | undefined;
  onClose: () => void;
  children: ReactNode;
  /** Buttons at the end, the main one last. */
  actions?: ReactNode;
}

const places = {
  middle: "inset-x-3 top-1/2 mx-auto max-h-[calc(100dvh-2rem)] -translate-y-1/2",
  left: "inset-y-0 left-0 w-[min(20rem,88vw)] rounded-l-none!",
  right: "inset-y-0 right-0 w-full sm:w-aside sm:rounded-r-none! max-sm:rounded-none!",
};

const FIELD = "input:not([type=hidden], [type=checkbox], [type=radio]), textarea, select";

const widths = { narrow: "max-w-md", wide: "max-w-2xl" };

/**
 * A modal dialog: it is on the page while it is open, holds the focus, and gives it back. The focus begins in its first
 * field, or on the whole of it: on the ×, the first space of what is typed would close it, and the rest be the page's keys.
 */
export function Dialog({ title, bare = false, place = "middle", width = "narrow", finalFocus, onClose, children, actions }: Props) {
  const popup = useRef<HTMLDivElement>(null);
  const isSide = place === "left" || place === "right";
  return (
    <Base.Root
      open
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
    >
      <Base.Portal>
        <Base.Backdrop className="veil" />
        <Base.Popup
          ref={popup}
          // What closes itself has its own place to begin, too: a field would call for the keyboard of a phone.
          initialFocus={() => (bare ? null : popup.current?.querySelector<HTMLElement>(FIELD)) ?? popup.current}
          {...(finalFocus === undefined ? {} : { finalFocus })}
          data-modal="" // says the keys are its own
          className={`sheet fixed flex flex-col overflow-y-auto outline-none ${places[place]} ${isSide ? "" : widths[width]}`}
        >
          {bare ? (
            <Base.Title className="sr-only">{title}</Base.Title>
          ) : (
            <div className="flex items-center justify-between gap-3 px-5 pt-4 pb-2">
              <Base.Title className="font-display text-xl">{title}</Base.Title>
              <Base.Close render={<IconButton label={say.close} />}>
                <X aria-hidden="true" />
              </Base.Close>
            </div>
          )}
          <div className={bare ? "contents" : "px-5 pb-5"}>{children}</div>
          {actions === undefined ? null : (
            <div className="sticky bottom-0 flex flex-wrap justify-end gap-2 border-t border-line bg-raised px-5 py-3">{actions}</div>
          )}
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  );
}
