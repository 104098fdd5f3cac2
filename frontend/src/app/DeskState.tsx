import { usePerson } from "../data/DataContext";
import { LogOut } from "../features/account/LogOut";
import { Bell } from "../features/bell/Bell";
import { ConnectionState } from "../features/sync/ConnectionState";
import { Waiting } from "../features/waiting/Waiting";
import { useConnection } from "./connection";
import { useLeaving } from "./leaving";

/** How the page is, beside its heading. */
export function DeskState() {
  return (
    <>
      <Waiting />
      <ConnectionState state={useConnection()} />
      <Bell />
    </>
  );
}

export function OfflineNote() {
  if (useConnection() !== "offline") return null;
  return (
    <p className="mb-4 rounded-md border border-edge bg-raised px-3 py-2 text-sm">
      You are offline. What you see may be old; what you change is sent when the connection is back.
    </p>
  );
}

/** Who is here, and the way out. */
export function DeskFoot() {
  const { user } = usePerson();
  const leave = useLeaving();
  return (
    <div className="flex items-center justify-between gap-2 px-2">
      <span className="min-w-0 truncate text-sm text-quiet">{user.name === "" ? user.email : user.name}</span>
      <LogOut onDone={leave} />
    </div>
  );
}
