import { ViewLink } from "../../address/ViewLink";
import { useAddress } from "../../address/useAddress";
import { Deleted } from "./Deleted";
import { Finished } from "./Finished";
import * as say from "./words";

const tabs = [
  [undefined, say.completed],
  ["deleted", say.deleted],
] as const;

/** What is done, and what was thrown away: both can come back. */
export function Completed() {
  const { params } = useAddress();
  const shown = params.tab === "deleted" ? "deleted" : undefined;
  return (
    <div className="grid gap-4">
      <nav aria-label={say.completedOrDeleted} className="flex gap-4 border-b border-line">
        {tabs.map(([tab, name]) => (
          <ViewLink
            key={name}
            view={{ name: "completed" }}
            params={tab === undefined ? {} : { tab }}
            {...(tab === shown ? { "aria-current": "true" } : {})}
            className={`-mb-px inline-flex min-h-9 items-center border-b-2 py-1.5 hover:text-ink pointer-coarse:min-h-touch ${tab === shown ? "border-accent text-ink" : "border-transparent text-quiet"}`}
          >
            {name}
          </ViewLink>
        ))}
      </nav>
      {shown === "deleted" ? <Deleted /> : <Finished />}
    </div>
  );
}
