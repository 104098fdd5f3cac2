import { Menu } from "@base-ui/react/menu";
import { Popover } from "@base-ui/react/popover";
import type { KeyboardEvent, ReactNode } from "react";

interface Props {
  label: string;
  anchor: Element;
  onClose: () => void;
  /** Where the focus goes when it closes. */
  back: () => HTMLElement | null;
  children: ReactNode;
}

const place = { sideOffset: 4, align: "start", collisionPadding: 8, className: "z-20" } as const;

/** A popover beside something that did not open it by itself: a key did, or another menu. */
export function HungPopover({ label, anchor, onClose, back, children }: Props) {
  return (
    <Popover.Root
      open
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
    >
      <Popover.Portal>
        <Popover.Positioner anchor={anchor} {...place}>
          <Popover.Popup aria-label={label} finalFocus={back} className="sheet max-h-(--available-height) max-w-(--available-width) overflow-y-auto p-3 outline-none">
            {children}
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  );
}

/** An item may have a key of its own. */
function press(event: KeyboardEvent<HTMLElement>) {
  const item = event.currentTarget.querySelector<HTMLElement>(`[data-key="${CSS.escape(event.key)}"]`);
  if (item === null || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  item.click();
}

export function HungMenu({ label, anchor, onClose, back, children }: Props) {
  return (
    <Menu.Root
      open
      modal={false}
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
    >
      <Menu.Portal>
        <Menu.Positioner anchor={anchor} {...place}>
          <Menu.Popup aria-label={label} finalFocus={back} onKeyDown={press} className="sheet max-h-(--available-height) min-w-52 overflow-y-auto p-1 outline-none">
            {children}
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
}
