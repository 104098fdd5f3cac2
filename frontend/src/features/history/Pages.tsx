/** Long lists that are read page by page: their states, and the way to what is further back. */
import type { UseInfiniteQueryResult } from "@tanstack/react-query";
import { useEffect, useRef, type ReactNode } from "react";
import { isOutOfReach, Problem, sentence } from "../../api/problem";
import { Button } from "../../ui/Button";
import { Failed } from "../../ui/Failed";
import { OutOfReach } from "../../ui/OutOfReach";
import { Skeleton } from "../../ui/Skeleton";
import * as say from "./words";

interface Props {
  /** "the activity" */
  what: string;
  query: Pick<UseInfiniteQueryResult, "isPending" | "fetchStatus" | "failureReason" | "isError" | "error" | "isFetchingNextPage" | "hasNextPage" | "fetchNextPage" | "refetch">;
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
      {query.hasNextPage && !query.isError ? <More busy={query.isFetchingNextPage} onMore={() => void query.fetchNextPage()} /> : null}
    </>
  );
}

/** Comes by itself when somebody gets there; a button for those who go by keys. */
function More({ busy, onMore }: { busy: boolean; onMore: () => void }) {
  const end = useRef<HTMLDivElement>(null);
  const latest = useRef(onMore);
  useEffect(() => {
    latest.current = onMore;
  });
  useEffect(() => {
    if (busy || end.current === null) return;
    const observer = new IntersectionObserver(([entry]) => {
      if (entry?.isIntersecting === true) latest.current();
    });
    observer.observe(end.current);
    return () => {
      observer.disconnect();
    };
  }, [busy]);
  return (
    <div ref={end} className="py-4">
      <Button busy={busy} onClick={onMore}>
        {busy ? say.loadingMore : say.showMore}
      </Button>
    </div>
  );
}
