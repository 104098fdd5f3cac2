import type { ReactNode } from "react";
import * as say from "./words";

interface Props {
  children: ReactNode;
  requestId?: string | null;
  /** It is not shown where a field of its form is marked as wrong: that says it, and has the focus. */
  unlessAtField?: boolean;
}

/** Why something did not work, read out when it appears. The region is always there, or it would not be heard. */
export function Refusal({ children, requestId = null, unlessAtField = false }: Props) {
  return (
    <div role="alert" className={`empty:hidden ${unlessAtField ? "in-[form:has([aria-invalid])]:hidden" : ""}`}>
      {children === null ? null : (
        <div className="rounded-md border-l-4 border-warn bg-raised px-3 py-2 text-ink">
          {children}
          {requestId === null ? null : <p className="text-sm text-quiet">{say.request} {requestId}</p>}
        </div>
      )}
    </div>
  );
}
