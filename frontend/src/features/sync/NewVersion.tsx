import { useEffect } from "react";
import { useNotices } from "../../ui/Notices";
import { useNewVersion } from "./newVersion";

/** A newer page is there; it comes when its person wants it. */
export function NewVersion() {
  const isNewer = useNewVersion();
  const { notify } = useNotices();
  useEffect(() => {
    if (!isNewer) return;
    notify({
      about: "version",
      text: "A new version of Taskora is ready.",
      action: {
        label: "Reload",
        act: () => {
          window.location.reload();
        },
      },
    });
  }, [isNewer, notify]);
  return null;
}
