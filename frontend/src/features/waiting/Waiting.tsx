import { CloudUpload, TriangleAlert } from "lucide-react";
import { lazy, Suspense, useState } from "react";
import { usePerson, useWaiting } from "../../data/DataContext";
import { isHeldUp } from "../../data/queueEnds";
import { patiently } from "../../ui/patiently";
import * as say from "./words";

const WaitingDialog = lazy(patiently(() => import("./WaitingDialog")));

/** There when something could not be sent at once, or was refused; what it is, once somebody asks. */
export function Waiting() {
  const { locale } = usePerson();
  const { queued, refused, state, isKept } = useWaiting();
  const [isOpen, setOpen] = useState(false);
  const held = isHeldUp(state) ? queued.length : 0;
  if (held === 0 && refused.length === 0 && isKept && !isOpen) return null;
  const isTrouble = refused.length > 0 || !isKept;
  const Icon = isTrouble ? TriangleAlert : CloudUpload;
  const words = refused.length > 0 ? say.refusedCount(refused.length, locale) : held > 0 ? say.waitingCount(held, locale) : isKept ? say.allSent : say.notKept;
  return (
    <>
      <button
        type="button"
        aria-haspopup="dialog"
        className={`inline-flex min-h-8 cursor-pointer items-center gap-1.5 rounded-md px-2 text-sm hover:bg-wash pointer-coarse:min-h-touch ${isTrouble ? "text-warn" : "text-quiet"}`}
        onClick={() => {
          setOpen(true);
        }}
      >
        <Icon aria-hidden="true" className="size-4 flex-none" />
        {words}
      </button>
      {isOpen ? (
        <Suspense>
          <WaitingDialog
            onClose={() => {
              setOpen(false);
            }}
          />
        </Suspense>
      ) : null}
    </>
  );
}
