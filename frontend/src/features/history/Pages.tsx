/** Long lists that are read page by page: their states, and the way to what is further back. */
import type { UseInfiniteQueryResult } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { isOutOfReach, Problem, sentence } from "../../api/problem";
import { Failed } from "../../ui/Failed";
import { OutOfReach } from "../../ui/OutOfReach";
import { ShowMore } from "../../ui/ShowMore";
import { Skeleton } from "../../ui/Skeleton";
import * as say from "./words";

interface Props {
  /** "the activity" */
  what: string;
  query: Pick<UseInfiniteQueryResult, "isPending" | "fetchStatus" | "failureReason" | "isError" | "error" | "hasNextPage" | "fetchNextPage" | "refetch">;
  /** What stands here where there is nothing. */
  empty: ReactNode;
  isEmpty: boolean;
  children: ReactNode;
}

export function Pages({ what, query, empty, isEmpty, children }: Props) {
  if (query.isPending && isOutOfReach(query)) return <OutOfReach what={what} />;
  if (query.isPending) return <Skeleton what={say.loading(what)} rows={8} />;
  const failed = query.isError ? (
    <Failed
      what={isEmpty ? say.notRead(what) : say.notAllRead(what)}
      why={sentence(query.error)}
      requestId={query.error instanceof Problem ? query.error.requestId : null}
      onRetry={() => void (isEmpty ? query.refetch() : query.fetchNextPage())}
    />
  ) : null;
  if (isEmpty && !query.hasNextPage) return failed ?? empty;
  return (
    <>
      {children}
      {failed}
      {query.hasNextPage && !query.isError ? (
        <div className="py-4">
          <ShowMore label={say.showMore} isOutOfReach={isOutOfReach(query)} comesByItself onMore={() => query.fetchNextPage()} />
        </div>
      ) : null}
    </>
  );
}
