import { generate } from "lean-qr";

/** What stays free around it, so that cameras find it. */
const QUIET = 4;

/** A text for the camera of another device. It is dark on light in both themes: not every camera reads the reverse. */
export default function QrCode({ text, label }: { text: string; label: string }) {
  const code = generate(text);
  const side = code.size + 2 * QUIET;
  return (
    <svg
      role="img"
      aria-label={label}
      viewBox={`0 0 ${side} ${side}`}
      shapeRendering="crispEdges"
      className="size-52 max-w-full rounded-md bg-print-paper text-print forced-color-adjust-none"
    >
      <path fill="currentColor" d={pathOf(code)} />
    </svg>
  );
}

/** A square for each dark module. */
function pathOf(code: ReturnType<typeof generate>): string {
  const places = Array.from({ length: code.size }, (_, place) => place);
  return places.flatMap((y) => places.filter((x) => code.get(x, y)).map((x) => `M${x + QUIET} ${y + QUIET}h1v1h-1z`)).join("");
}
