import { Clock3 } from "lucide-react";
import { Button } from "../../ui/Button";
import { Empty } from "../../ui/Empty";
import * as say from "./words";

interface Props {
  recent: readonly string[];
  onChoose: (query: string) => void;
  onForget: () => void;
}

/** Before anything is sought: what was sought before. */
export function Recent({ recent, onChoose, onForget }: Props) {
  if (recent.length === 0) {
    return (
      <Empty title={say.findAnythingYouWrote}>
        <p>{say.howToSearch}</p>
      </Empty>
    );
  }
  return (
    <section aria-labelledby="recent" className="border-t border-line pt-4">
      <div className="flex items-center justify-between gap-2">
        <h2 id="recent" className="text-sm text-quiet">
          {say.searchedLately}
        </h2>
        <Button kind="quiet" onClick={onForget}>
          {say.forgetThese}
        </Button>
      </div>
      <ul>
        {recent.map((query) => (
          <li key={query}>
            <button
              type="button"
              className="flex min-h-9 w-full cursor-pointer items-center gap-2.5 rounded-md px-2 text-left hover:bg-wash pointer-coarse:min-h-touch"
              onClick={() => {
                onChoose(query);
              }}
            >
              <Clock3 aria-hidden="true" className="size-4 flex-none text-quiet" />
              <span className="min-w-0 truncate">{query}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
