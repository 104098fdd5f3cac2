import { contestedIn } from "../../data/conflicts";
import { useData } from "../../data/DataContext";
import type { Refused } from "../../data/shapes";
import { Button } from "../../ui/Button";
import { fieldsInWords, valueInWords } from "./fieldsInWords";
import * as say from "./words";

/** Why it was refused, and what can become of it. */
export function RefusedWrite({ refused }: { refused: Refused }) {
  const data = useData();
  const { write, problem, conflict, followers } = refused;
  return (
    <li className="grid gap-2 border-b border-line py-3">
      <p className="font-semibold wrap-anywhere">{write.says}</p>
      {conflict === null ? <Reasons problem={problem} /> : <Conflict refused={refused} />}
      {followers.length === 0 ? null : (
        <p className="text-sm text-quiet">{say.waitsWithIt(followers.map(({ says }) => says).join("; "))}</p>
      )}
      {conflict === null ? (
        <div className="flex flex-wrap gap-2">
          <Button
            aria-label={say.tryAgainNamed(write.says)}
            onClick={() => {
              data.retry(refused);
            }}
          >
            {say.tryAgain}
          </Button>
          <Button
            kind="danger"
            aria-label={say.discardNamed(write.says)}
            onClick={() => {
              data.discard(refused);
            }}
          >
            {say.discard}
          </Button>
        </div>
      ) : (
        <div className="flex flex-wrap gap-2">
          <Button
            kind="main"
            aria-label={say.keepMineNamed(write.says)}
            onClick={() => {
              data.keepMine(refused);
            }}
          >
            {say.keepMine}
          </Button>
          <Button
            aria-label={say.takeTheirsNamed(write.says)}
            onClick={() => {
              data.discard(refused);
            }}
          >
            {say.takeTheirs}
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
      {problem.requestId === null ? null : <p className="text-sm text-quiet">{say.request} {problem.requestId}</p>}
    </div>
  );
}

/** Both, side by side, so that nobody has to remember what they had written. */
function Conflict({ refused }: { refused: Refused }) {
  return (
    <div className="grid gap-2">
      <p>{say.changedElsewhere}</p>
      {contestedIn(refused).map(({ field, mine, theirs }) => (
        <div key={field} className="grid gap-2 sm:grid-cols-2">
          <Side title={say.yours(fieldsInWords(field))} text={valueInWords(mine)} />
          <Side title={say.theirs(fieldsInWords(field))} text={valueInWords(theirs)} />
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
