import { Menu as Base } from "@base-ui/react/menu";
import type { ReactElement, ReactNode } from "react";
import { Kbd } from "./Kbd";

interface Props {
  trigger: ReactElement;
  defaultOpen?: boolean;
  onOpenChange?: (open: boolean) => void;
  align?: "start" | "center" | "end";
  children: ReactNode;
}

/** A menu of things to do, opened by its button. */
export function Menu({ trigger, align = "end", children, ...open }: Props) {
  return (
    <Base.Root {...open} modal={false}>
      <Base.Trigger render={trigger} />
      <Base.Portal>
        <Base.Positioner sideOffset={4} align={align} collisionPadding={8} className="z-20">
          <Base.Popup className="sheet max-h-(--available-height) min-w-44 overflow-y-auto p-1 outline-none">{children}</Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}

interface Item {
  icon?: ReactNode;
  keys?: string;
  danger?: boolean;
  disabled?: boolean;
  onSelect: () => void;
  children: ReactNode;
}

export function MenuItem({ icon, keys, danger = false, disabled = false, onSelect, children }: Item) {
  return (
    <Base.Item disabled={disabled} onClick={onSelect} className={`choice [&>svg]:size-4 [&>svg]:text-quiet ${danger ? "text-warn" : ""}`}>
      {icon}
      <span className="min-w-0 flex-1 truncate">{children}</span>
      {keys === undefined ? null : <Kbd keys={keys} />}
    </Base.Item>
  );
}

export const MenuSeparator = () => <Base.Separator className="my-1 h-px bg-line" />;
