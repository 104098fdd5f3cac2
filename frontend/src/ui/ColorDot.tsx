/** A colour, beside the name it belongs to; none is a ring. */
export function ColorDot({ color, className = "" }: { color: string | null; className?: string }) {
  return (
    <span
      aria-hidden="true"
      className={`inline-block size-2.5 flex-none rounded-full ${color === null ? "border-2 border-edge" : "forced-color-adjust-none"} ${className}`}
      style={color === null ? undefined : { backgroundColor: color }}
    />
  );
}
