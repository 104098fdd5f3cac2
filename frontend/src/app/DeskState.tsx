import { lazy, Suspense } from "react";
import { useAddress } from "../address/useAddress";
import { usePerson } from "../data/DataContext";
import { patiently } from "../ui/patiently";
import { useConnection } from "./connection";
import { useLeaving } from "./leaving";
import * as say from "./words";

// Nobody needs these before the tasks are there.
const Bell = lazy(patiently(() => import("../features/bell/Bell").then((module) => ({ default: module.Bell }))));
const ConnectionState = lazy(patiently(() => import("../features/sync/ConnectionState").then((module) => ({ default: module.ConnectionState }))));
const LogOut = lazy(patiently(() => import("../features/account/LogOut").then((module) => ({ default: module.LogOut }))));
const Waiting = lazy(patiently(() => import("../features/waiting/Waiting").then((module) => ({ default: module.Waiting }))));

/** How the page is, beside its heading. */
export function DeskState() {
  const connection = useConnection();
  return (
    <>
      <Suspense>
        <Waiting />
        <ConnectionState state={connection} />
      </Suspense>
      <Suspense fallback={<span className="size-8 pointer-coarse:size-touch" />}>
        <Bell />
      </Suspense>
    </>
  );
}

export function OfflineNote() {
  const { view } = useAddress();
  // Settings say it in their own words.
  if (useConnection() !== "offline" || view.name === "settings") return null;
  return (
    <p className="mb-4 rounded-md border border-edge bg-raised px-3 py-2 text-sm">
      {say.offline}
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
      <Suspense fallback={<span className="min-h-9 pointer-coarse:min-h-touch" />}>
        <LogOut onDone={leave} />
      </Suspense>
    </div>
  );
}
