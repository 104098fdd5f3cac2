import { useEffect, useRef, type ReactNode } from "react";
import { useAddress } from "../address/useAddress";
import { pathOf } from "../address/views";
import { Dialog } from "../ui/Dialog";
import { useClosedByBack } from "./useClosedByBack";
import * as say from "./words";

/** The sidebar, where there is no room for it beside the view. It goes when it has led somewhere. */
export function Drawer({ onClose, children }: { onClose: () => void; children: ReactNode }) {
  useClosedByBack(true, onClose);
  const path = pathOf(useAddress().view);
  const first = useRef(path);
  useEffect(() => {
    if (first.current !== path) onClose();
  }, [path, onClose]);
  return (
    <Dialog title={say.menu} place="left" onClose={onClose}>
      <div className="-mx-5 -mb-5">{children}</div>
    </Dialog>
  );
}
