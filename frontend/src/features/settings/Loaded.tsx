import type { UseQueryResult } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { isOutOfReach, Problem, sentence } from "../../api/problem";
import { Failed } from "../../ui/Failed";
import { OutOfReach } from "../../ui/OutOfReach";
import * as say from "./words";

/** What is asked of the server before there is anything to set. */
export function Loaded<T>({ query, what, children }: { query: UseQueryResult<T>; what: string; children: (data: T) => ReactNode }) {
  if (query.data !== undefined) return children(query.data);
  if (query.error !== null) {
    return (
      <Failed
        what={say.couldNotBeLoaded(what)}
        why={sentence(query.error)}
        requestId={query.error instanceof Problem ? query.error.requestId : null}
        onRetry={() => void query.refetch()}
      />
    );
  }
  if (isOutOfReach(query)) return <OutOfReach what={what.charAt(0).toLowerCase() + what.slice(1)} />;
  return (
    <p role="status" className="text-quiet">
      {say.loading}
    </p>
  );
}
