import { useQuery } from "@tanstack/react-query";
import { unitAt } from "../../api/codePoints";
import { isPassing, Problem, Unreachable } from "../../api/problem";
import { useAsk } from "../../data/useAsk";
import { termsOf } from "./language";
import { useRested } from "../../ui/useRested";
import * as say from "./words";

/** What cannot be read of a filter, and where: [start, end), which is empty where something is missing. */
export interface Fault {
  start: number;
  end: number;
  says: string;
  /** What to write there instead. */
  instead: string | null;
}

interface Checked {
  text: string;
  fault: Fault | null;
}

const PAUSE = 250;

/** Whether the server can read a filter; `checked` may be about an older text. */
export function useCheck(text: string): { checked: Checked | undefined; trouble: unknown } {
  const ask = useAsk();
  const rested = useRested(text, PAUSE);
  const check = useQuery({
    queryKey: ["filter", "check", rested],
    enabled: rested.trim() !== "" && rested === text,
    staleTime: Infinity,
    networkMode: "always",
    refetchOnReconnect: "always",
    retry: (failures, error) => !(error instanceof Unreachable) && isPassing(error) && failures < 3,
    queryFn: async ({ signal }): Promise<Checked> => {
      try {
        await ask("get", "/api/tasks", { query: { filter: rested, limit: 1 }, signal });
        return { text: rested, fault: null };
      } catch (error) {
        const fault = faultOf(error, rested);
        if (fault === null) throw error;
        return { text: rested, fault };
      }
    },
  });
  return { checked: check.data, trouble: rested === text ? check.error : null };
}

/** The server counts columns from 1, each a code point. */
export function faultOf(error: unknown, text: string): Fault | null {
  const { column, found, expected, suggestion } = error instanceof Problem ? error.members : {};
  if (typeof column !== "number" || typeof found !== "string" || typeof expected !== "string") return null;
  const start = unitAt(text, column - 1);
  const term = termsOf(text).find((each) => each.start <= start && start < each.end);
  const instead = typeof suggestion === "string" && !suggestion.endsWith("…") ? suggestion : null;
  return { start, end: term?.end ?? Math.min(start + 1, text.length), says: say.expectedElse(column, found, expected), instead };
}
