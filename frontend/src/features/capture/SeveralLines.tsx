import { Button } from "../../ui/Button";
import { MOST_LINES } from "./lines";
import * as say from "./words";

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
    <div role="group" aria-label={say.severalLines} className="grid gap-2 rounded-md border border-line bg-raised p-3">
      <p role="status">
        {isTooMany
          ? say.tooManyLines(lines.length, MOST_LINES)
          : say.pastedLines(lines.length)}
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
            {say.addTasks(lines.length)}
          </Button>
        )}
        <Button onClick={onJoin}>{say.makeThemOneLine}</Button>
        <Button kind="quiet" onClick={onLeave}>
          {say.leaveThem}
        </Button>
      </div>
    </div>
  );
}
