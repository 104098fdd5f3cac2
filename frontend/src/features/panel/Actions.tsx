import { useState } from "react";
import type { Task } from "../../api/types";
import { useData, useKnown, usePerson } from "../../data/DataContext";
import { againActs } from "../../data/againActs";
import { seriesActs } from "../../data/seriesActs";
import { useActs } from "../../data/useActs";
import { Button } from "../../ui/Button";
import { momentInWords } from "../../ui/inWords";
import { useChanging } from "./changing";
import * as say from "./words";

/** What can be done with a task as a whole, and how old it is. */
export function Actions({ task, onDeleted }: { task: Task; onDeleted: () => void }) {
  const { acts } = useData();
  const again = useActs(againActs);
  const series = useActs(seriesActs);
  const { scope } = useChanging();
  const { zone, locale } = usePerson();
  const hasParts = useKnown((known) => known.children(task.id).length > 0);
  const [copied, setCopied] = useState<string | null>(null);
  const copy = () => {
    const address = `${window.location.origin}/inbox?task=${task.id}`;
    navigator.clipboard.writeText(address).then(
      () => { setCopied(say.linkCopied); },
      () => { setCopied(say.linkNotCopied(address)); },
    );
  };
  const remove = () => {
    if (scope === "future") series.removeSeries(task.id);
    else acts.remove([task.id]);
    onDeleted();
  };
  return (
    <footer className="grid gap-2 border-t border-line py-4">
      <div className="flex flex-wrap gap-2">
        <Button onClick={() => { again.duplicate(task.id, hasParts); }}>{say.duplicate}</Button>
        <Button onClick={copy}>{say.copyLink}</Button>
        <Button kind="danger" onClick={remove}>{scope === "future" ? say.deleteAllThatFollow : say.remove}</Button>
      </div>
      <p role="status" className="text-sm wrap-anywhere empty:hidden">{copied}</p>
      <p className="text-sm text-quiet">
        {say.madeAndChanged(momentInWords(task.created_at, zone, locale), momentInWords(task.updated_at, zone, locale))}
      </p>
    </footer>
  );
}
