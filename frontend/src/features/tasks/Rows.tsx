import { lazy, Suspense, type RefObject } from "react";
import { patiently } from "../../ui/patiently";
import { RowGroups, type RowsProps } from "./RowGroups";

const LongRows = lazy(patiently(() => import("./LongRows")));

/** So many rows are on the page at once without anybody waiting for them. */
const FEW = 100;

/** Rows of a column scroll in it (`within`); else the page does. */
export function Rows({ lines, within, ...rest }: RowsProps & { within?: RefObject<HTMLElement | null> }) {
  if (lines.length <= FEW) return <RowGroups shown={lines.map((line) => ({ line }))} {...rest} />;
  return (
    <Suspense fallback={<RowGroups shown={lines.slice(0, FEW / 2).map((line) => ({ line }))} {...rest} />}>
      <LongRows lines={lines} within={within} {...rest} />
    </Suspense>
  );
}
