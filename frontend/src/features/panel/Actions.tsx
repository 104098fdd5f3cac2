import { useState } from "react";
import type { Task } from "../../api/types";
import { useData, useKnown, usePerson } from "../../data/DataContext";
import { Button } from "../../ui/Button";
import { momentInWords } from "../../ui/inWords";
import { useChanging } from "./changing";

/** What can be done with a task as a whole, and how old it is. */
export function Actions({ task, onDeleted }: { task: Task; onDeleted: () => void }) {
  const { acts } = useData();
  const { scope } = useChanging();
  const { zone, locale } = usePerson();
  const hasParts = useKnown((known) => known.children(task.id).length > 0);
  const [copied, setCopied] = useState<string | null>(null);
  const copy = () => {
    const address = `${window.location.origin}/inbox?task=${task.id}`;
    navigator.clipboard.writeText(address).then(
      () => { setCopied("The link is copied."); },
      () => { setCopied(`The browser did not let it be copied. It is ${address}`); },
    );
  };
  const remove = () => {
    if (scope === "future") acts.removeSeries(task.id);
    else acts.remove([task.id]);
    onDeleted();
  };
  return (
    <footer className="grid gap-2 border-t border-line py-4">
      <div className="flex flex-wrap gap-2">
        <Button onClick={() => { acts.duplicate(task.id, hasParts); }}>Duplicate</Button>
        <Button onClick={copy}>Copy link</Button>
        <Button kind="danger" onClick={remove}>{scope === "future" ? "Delete all that follow" : "Delete"}</Button>
      </div>
      <p role="status" className="text-sm wrap-anywhere empty:hidden">{copied}</p>
      <p className="text-sm text-quiet">
        Made {momentInWords(task.created_at, zone, locale)}. Changed {momentInWords(task.updated_at, zone, locale)}.
      </p>
    </footer>
  );
}
