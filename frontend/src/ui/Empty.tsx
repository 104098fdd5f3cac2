import type { ReactNode } from "react";

/** Nothing here, and what that means. */
export function Empty({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <div className="grid justify-items-start gap-2 border-t border-line py-10">
      <p className="font-display text-xl">{title}</p>
      <div className="grid max-w-prose gap-3 justify-items-start text-quiet empty:hidden">{children}</div>
    </div>
  );
}
