import { useOnline } from "../../ui/useOnline";
import * as say from "./words";

/** Settings are changed at the server or not at all; nothing of them waits in a queue. */
export function ConnectionNeeded() {
  const online = useOnline();
  return (
    <div role="status" className="empty:hidden">
      {online ? null : (
        <p className="rounded-md border border-edge bg-raised px-3 py-2 text-sm">
          {say.offline}
        </p>
      )}
    </div>
  );
}
