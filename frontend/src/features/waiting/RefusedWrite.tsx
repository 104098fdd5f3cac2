import { useData } from "../../data/DataContext";
import type { Refused } from "../../data/shapes";
import { Button } from "../../ui/Button";
import { fieldsInWords, valueInWords } from "./fieldsInWords";

/** Why it was refused, and what can become of it. */
export function RefusedWrite({ refused }: { refused: Refused }) {
  const data = useData();
  const { write, problem, conflict, followers } = refused;
  return (
    <li className="grid gap-2 border-b border-line py-3">
      <p className="font-semibold wrap-anywhere">{write.says}</p>
      {conflict === null ? <Reasons problem={problem} /> : <Conflict refused={refused} />}
      {followers.length === 0 ? null : (
        <p className="text-sm text-quiet">Waits with it: {followers.map(({ says }) => says).join("; ")}</p>
      )}
      {conflict === null ? (
        <div className="flex flex-wrap gap-2">
          <Button
            aria-label={`Try again: ${write.says}`}
            onClick={() => {
              data.retry(refused);
            }}
          >
            Try again
          </Button>
          <Button
            kind="danger"
            aria-label={`Discard: ${write.says}`}
            onClick={() => {
              data.discard(refused);
            }}
          >
            Discard
          </Button>
        </div>
      ) : (
        <div className="flex flex-wrap gap-2">
          <Button
            kind="main"
            aria-label={`Keep mine: ${write.says}`}
            onClick={() => {
              data.keepMine(refused);
            }}
          >
            Keep mine
          </Button>
          <Button
            aria-label={`Take theirs: ${write.says}`}
            onClick={() => {
              data.discard(refused);
            }}
          >
            Take theirs
          </Button>
        </div>
      )}
    </li>
  );
}

function Reasons({ problem }: { problem: Refused["problem"] }) {
  return (
    <div>
      <p className="text-warn wrap-anywhere">{problem.detail}</p>
      {problem.requestId === null ? null : <p className="text-sm text-quiet">Request {problem.requestId}</p>}
    </div>
  );
}

/** Both, side by side, so that nobody has to remember what they had written. */
function Conflict({ refused: { write, conflict, followers } }: { refused: Refused }) {
  if (conflict === null) return null;
  // The last of what was written here counts.
  const mine = Object.assign({}, ...[write, ...followers].map(({ guard }) => (guard?.id === write.guard?.id ? guard?.wanted : {}))) as Record<string, unknown>;
  const theirs = conflict.current as unknown as Record<string, unknown>;
  return (
    <div className="grid gap-2">
      <p>This was changed elsewhere in the meantime.</p>
      {conflict.fields.map((field) => (
        <div key={field} className="grid gap-2 sm:grid-cols-2">
          <Side title={`${fieldsInWords(field)}, yours`} text={valueInWords(mine[field])} />
          <Side title={`${fieldsInWords(field)}, theirs`} text={valueInWords(theirs[field])} />
        </div>
      ))}
    </div>
  );
}

function Side({ title, text }: { title: string; text: string }) {
  return (
    <div role="group" aria-label={title} className="rounded-md border border-line bg-sunken px-3 py-2">
      <p className="text-sm text-quiet">{title}</p>
      <p className="max-h-48 overflow-y-auto whitespace-pre-wrap wrap-anywhere">{text}</p>
    </div>
  );
}
