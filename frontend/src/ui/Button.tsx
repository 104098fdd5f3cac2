import type { ComponentProps } from "react";

interface Props extends ComponentProps<"button"> {
  kind?: "main" | "plain" | "quiet" | "danger";
  busy?: boolean;
}

const looks = {
  main: "border-accent bg-accent text-on-accent hover:bg-accent-strong hover:border-accent-strong",
  plain: "border-edge bg-raised hover:border-ink",
  quiet: "border-transparent text-quiet hover:border-edge hover:text-ink",
  danger: "border-warn text-warn hover:bg-warn hover:text-paper",
};

/** A busy button keeps its place and its focus, and does nothing. */
export function Button({ kind = "plain", busy = false, className = "", type = "button", onClick, children, ...rest }: Props) {
  return (
    <button
      type={type}
      aria-disabled={busy || undefined}
      onClick={(event) => {
        if (busy) event.preventDefault();
        else onClick?.(event);
      }}
      className={`min-h-9 pointer-coarse:min-h-touch cursor-pointer rounded-md border px-3 py-1 text-[0.95rem] leading-tight aria-disabled:cursor-progress aria-disabled:opacity-60 ${looks[kind]} ${className}`}
      {...rest}
    >
      {children}
    </button>
  );
}
