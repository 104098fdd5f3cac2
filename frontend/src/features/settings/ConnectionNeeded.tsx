import { useOnline } from "./useOnline";

/** Settings are changed at the server or not at all; nothing of them waits in a queue. */
export function ConnectionNeeded() {
  const online = useOnline();
  return (
    <div role="status" className="empty:hidden">
      {online ? null : (
        <p className="rounded-md border border-edge bg-raised px-3 py-2 text-sm">
          You are offline. Settings need a connection: you can look at what is here, and save again when it is back.
        </p>
      )}
    </div>
  );
}
