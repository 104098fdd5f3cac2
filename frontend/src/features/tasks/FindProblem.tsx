import { Problem, sentence } from "../../api/problem";
import { Empty } from "../../ui/Empty";
import { Failed } from "../../ui/Failed";
import { OutOfReach } from "../../ui/OutOfReach";
import { Skeleton } from "../../ui/Skeleton";
import type { Found } from "./useFound";
import * as say from "./words";

/** While the server is asked what a filter finds, and when it can't say. */
export function FindProblem({ isAsking, isOutOfReach, error, again }: Found) {
  // The bar above says what, and where.
  if (error instanceof Problem && "column" in error.members) return <Empty title={say.filterNotRead}>{say.mendItAbove}</Empty>;
  if (error !== null) {
    const requestId = error instanceof Problem ? error.requestId : null;
    return <Failed what={say.filterNotAsked} why={sentence(error)} requestId={requestId} onRetry={again} />;
  }
  if (isOutOfReach) return <OutOfReach what={say.whatThisFilterFinds} />;
  return isAsking ? <Skeleton what={say.lookingForTasks} /> : null;
}
