import type { ReactNode } from "react";
import { useData, usePerson, useWaiting } from "../../data/DataContext";
import type { Write } from "../../data/shapes";
import { Button } from "../../ui/Button";
import { Dialog } from "../../ui/Dialog";
import { ageInWords } from "../../ui/inWords";
import { RefusedWrite } from "./RefusedWrite";
import * as say from "./words";

/** What was done here and the server has not taken: what waits for it, and what it refused. */
export default function WaitingDialog({ onClose }: { onClose: () => void }) {
  const { queued, refused, state, isKept } = useWaiting();
  return (
    <Dialog title={say.notSentYet} onClose={onClose} width="wide">
      <div className="grid gap-5">
        {isKept ? null : (
          <p className="rounded-md border border-warn px-3 py-2">
            {say.notKeptHere}
          </p>
        )}
        {refused.length === 0 ? null : (
          <Part title={say.refused}>
            {refused.map((one) => (
              <RefusedWrite key={one.write.id} refused={one} />
            ))}
          </Part>
        )}
        {queued.length === 0 ? null : (
          <Part title={say.waiting}>
            {queued.filter(isFirstOfWhole).map((write) => (
              <QueuedWrite key={write.id} write={write} isTakenBack={queued.some(({ request }) => "undoes" in request && request.undoes === write.id)} />
            ))}
          </Part>
        )}
        {queued.length > 0 ? (
          <p className="text-sm text-quiet">
            {state === "stopped"
              ? say.whenLoggedIn
              : say.whenSent}
          </p>
        ) : null}
        {queued.length + refused.length === 0 ? <p>{say.allSaved}</p> : null}
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
          aria-label={say.takeBackNamed(says)}
          onClick={() => {
            data.takeBack(write);
          }}
        >
          {say.takeBack}
        </Button>
      )}
    </li>
  );
}
