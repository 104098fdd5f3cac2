import { X } from "lucide-react";
import type { ReactNode } from "react";
import { ColorDot } from "./ColorDot";

interface Props {
  children: ReactNode;
  color?: string | null;
  /** A way to take it off, under this name. */
  removeLabel?: string;
  onRemove?: () => void;
}

/** A small thing that is on another: a tag, a chosen filter. */
export function Chip({ children, color, removeLabel, onRemove }: Props) {
  return (
    <span className="inline-flex max-w-full items-center gap-1.5 rounded-full bg-wash py-0.5 pr-2.5 pl-2.5 text-sm leading-5 has-[button]:pr-0.5">
      {color === undefined ? null : <ColorDot color={color} />}
      <span className="truncate">{children}</span>
      {onRemove === undefined ? null : (
        <button
          type="button"
          aria-label={removeLabel}
          title={removeLabel}
          onClick={onRemove}
          className="grid size-6 flex-none cursor-pointer place-items-center rounded-full text-quiet hover:bg-line hover:text-ink pointer-coarse:size-touch"
        >
          <X className="size-3.5" aria-hidden="true" />
        </button>
      )}
    </span>
  );
}
