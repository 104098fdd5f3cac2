import { Popover as Base } from "@base-ui/react/popover";
import { useRef, type ReactElement, type ReactNode, type RefObject } from "react";

interface Props {
  /** What is said to be open. */
  title: string;
  /** The button that opens it. */
  trigger: ReactElement;
  open?: boolean;
  defaultOpen?: boolean;
  onOpenChange?: (open: boolean) => void;
  initialFocus?: RefObject<HTMLElement | null>;
  align?: "start" | "center" | "end";
  className?: string;
  children: ReactNode;
}

/** Something small that opens beside its button. */
export function Popover({ title, trigger, initialFocus, align = "start", className = "p-3", children, ...open }: Props) {
  const button = useRef<HTMLButtonElement>(null); // also where it was open from the first, and nothing had the focus before
  return (
    <Base.Root {...open}>
      <Base.Trigger ref={button} render={trigger} />
      <Base.Portal>
        <Base.Positioner sideOffset={4} align={align} collisionPadding={8} className="z-20">
          <Base.Popup
            aria-label={title}
            finalFocus={button}
            {...(initialFocus === undefined ? {} : { initialFocus })}
            className={`sheet max-h-(--available-height) max-w-(--available-width) overflow-y-auto outline-none ${className}`}
          >
            {children}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
