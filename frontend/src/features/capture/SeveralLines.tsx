import { Button } from "../../ui/Button";
import { MOST_LINES } from "./lines";

interface Props {
  lines: readonly string[];
  onAdd: () => void;
  onJoin: () => void;
  onLeave: () => void;
}

/** Several lines were pasted: a task each, or all of them one. */
export function SeveralLines({ lines, onAdd, onJoin, onLeave }: Props) {
  const isTooMany = lines.length > MOST_LINES;
  return (
    <div role="group" aria-label="Several lines were pasted" className="grid gap-2 rounded-md border border-line bg-raised p-3">
      <p role="status">
        {isTooMany
          ? `These are ${lines.length} lines; at most ${MOST_LINES} can be added at once. Paste them in parts.`
          : `You pasted ${lines.length} lines. Each can become a task.`}
      </p>
      <ol className="max-h-40 list-decimal overflow-y-auto pl-8 text-sm text-quiet">
        {lines.slice(0, MOST_LINES).map((line, at) => (
          <li key={at} className="wrap-anywhere">
            {line}
          </li>
        ))}
      </ol>
      <div className="flex flex-wrap gap-2">
        {isTooMany ? null : (
          // eslint-disable-next-line jsx-a11y/no-autofocus -- it was pasted just now, and this is what is asked about it
          <Button kind="main" autoFocus onClick={onAdd}>
            Add {lines.length} tasks
          </Button>
        )}
        <Button onClick={onJoin}>Make them one line</Button>
        <Button kind="quiet" onClick={onLeave}>
          Leave them
        </Button>
      </div>
    </div>
  );
}
