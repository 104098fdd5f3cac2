import { Button } from "../../ui/Button";
import * as say from "./words";

interface Props {
  /** "title", "notes": what was changed twice. */
  what: string;
  theirs: string;
  onMine: () => void;
  onTheirs: () => void;
}

/** Somebody else saved something different while this was being typed. What was typed still stands in its field. */
export function TwoVersions({ what, theirs, onMine, onTheirs }: Props) {
  return (
    <div role="alert" className="grid gap-2 rounded-md border border-warn p-3 text-sm">
      <p>{say.changedWhileWriting(what)}</p>
      <blockquote className="max-h-40 overflow-y-auto border-l-2 border-line pl-3 wrap-anywhere whitespace-pre-wrap">{theirs === "" ? say.emptied : theirs}</blockquote>
      <div className="flex flex-wrap gap-2">
        <Button onClick={onMine}>{say.keepMine}</Button>
        <Button onClick={onTheirs}>{say.takeTheirs}</Button>
      </div>
    </div>
  );
}
