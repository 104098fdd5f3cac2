import { useEffect } from "react";
import { useNewVersion } from "../features/sync/newVersion";
import { useNotices } from "../ui/Notices";

/** A page that stays open for long is told when there is a newer one. */
export function NewVersion() {
  const isThere = useNewVersion();
  const { notify } = useNotices();
  useEffect(() => {
    if (!isThere) return;
    const act = () => {
      window.location.reload();
    };
    notify({ about: "version", text: "There is a newer Taskora.", action: { label: "Reload", act } });
  }, [isThere, notify]);
  return null;
}
