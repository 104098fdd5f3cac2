import type { ErrorComponentProps } from "@tanstack/react-router";
import { sentence } from "../api/problem";
import { Failed } from "../ui/Failed";
import * as say from "./words";

/** One view broke, or could not be fetched; the rest of the page goes on. */
export function BrokenView({ error, reset }: ErrorComponentProps) {
  return <Failed what={say.viewBroken} why={sentence(error)} requestId={null} onRetry={reset} />;
}
