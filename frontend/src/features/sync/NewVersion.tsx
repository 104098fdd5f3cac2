import { useEffect } from "react";
import { useNotices } from "../../ui/Notices";
import { useNewVersion } from "./newVersion";
import * as say from "./words";

/** A newer page is there; it comes when its person wants it. */
export function NewVersion() {
  const isNewer = useNewVersion();
  const { notify } = useNotices();
  useEffect(() => {
    if (!isNewer) return;
    notify({
      about: "version",
      text: say.newVersion,
      action: {
        label: say.reload,
        act: () => {
          window.location.reload();
        },
      },
    });
  }, [isNewer, notify]);
  return null;
}
