import type { ReactNode } from "react";
import { useData, usePerson, useWaiting } from "../../data/DataContext";
import type { Write } from "../../data/shapes";
import { Button } from "../../ui/Button";
import { Dialog } from "../../ui/Dialog";
import { ageInWords } from "../../ui/inWords";
import { RefusedWrite } from "./RefusedWrite";

/** What was done here and the server has not taken: what waits for it, and what it refused. */
export default function WaitingDialog({ onClose }: { onClose: () => void }) {
  const { queued, refused, state, isKept } = useWaiting();
  return (
    <Dialog title="Not sent yet" onClose={onClose} width="wide">
      <div className="grid gap-5">
        {isKept ? null : (
          <p className="rounded-md border border-warn px-3 py-2">
            This browser does not keep anything for Taskora just now, perhaps because its disk is full. What was not sent is lost when you close this page.
          </p>
        )}
        {refused.length === 0 ? null : (
          <Part title="Refused">
            {refused.map((one) => (
              <RefusedWrite key={one.write.id} refused={one} />
            ))}
          </Part>
        )}
        {queued.length === 0 ? null : (
          <Part title="Waiting">
            {queued.filter(isFirstOfWhole).map((write) => (
              <QueuedWrite key={write.id} write={write} isTakenBack={queued.some(({ request }) => "undoes" in request && request.undoes === write.id)} />
            ))}
          </Part>
        )}
        {queued.length > 0 ? (
          <p className="text-sm text-quiet">
            {state === "stopped"
              ? "It is sent once you are logged in again."
              : "It is sent in this order when Taskora can be reached again, also if you close this page and come back."}
          </p>
        ) : null}
        {queued.length + refused.length === 0 ? <p>Everything you did is saved.</p> : null}
      </div>
    </Dialog>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section aria-label={title}>
      <h3 className="pb-1 font-semibold">{title}</h3>
      <ul aria-label={title} className="border-t border-line">
        {children}
      </ul>
    </section>
  );
}

const isFirstOfWhole = ({ id, whole }: Write, _: number, all: readonly Write[]): boolean =>
  whole === undefined || all.find((other) => other.whole?.id === whole.id)?.id === id;

function QueuedWrite({ write, isTakenBack }: { write: Write; isTakenBack: boolean }) {
  const data = useData();
  const { locale, now } = usePerson();
  const says = write.whole?.says ?? write.says;
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-1 border-b border-line py-2">
      <div className="min-w-0 flex-1 basis-60">
        <p className="wrap-anywhere">{says}</p>
        <p className="text-sm text-quiet">{ageInWords(new Date(write.at / 1000).toISOString(), now(), locale)}</p>
      </div>
      {write.hides === null || isTakenBack ? null : (
        <Button
          aria-label={`Take back: ${says}`}
          onClick={() => {
            data.takeBack(write);
          }}
        >
          Take back
        </Button>
      )}
    </li>
  );
}
