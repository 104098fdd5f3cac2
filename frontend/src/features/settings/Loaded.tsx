import type { UseQueryResult } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { isOutOfReach, Problem, sentence } from "../../api/problem";
import { Failed } from "../../ui/Failed";
import { OutOfReach } from "../../ui/OutOfReach";
import { Coming } from "./Coming";
import * as say from "./words";

interface Props<T> {
  query: UseQueryResult<T>;
  what: string;
  /** What stands above it waits as well, and says so. */
  isSilent?: boolean;
  children: (data: T) => ReactNode;
}

/** What is asked of the server before there is anything to set. */
export function Loaded<T>({ query, what, isSilent = false, children }: Props<T>) {
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
  if (isSilent) return null;
  if (isOutOfReach(query)) return <OutOfReach what={what.charAt(0).toLowerCase() + what.slice(1)} isPart />;
  return <Coming what={say.loading} />;
}
