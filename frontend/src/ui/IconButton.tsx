import type { ComponentProps } from "react";

interface Props extends Omit<ComponentProps<"button">, "aria-label" | "title"> {
  /** Its name, also shown when pointed at. */
  label: string;
}

export function IconButton({ label, className = "", type = "button", children, ...rest }: Props) {
  return (
    <button
      type={type}
      aria-label={label}
      title={label}
      className={`inline-grid size-8 flex-none cursor-pointer place-items-center rounded-md text-quiet hover:bg-wash hover:text-ink disabled:cursor-not-allowed disabled:opacity-50 aria-expanded:bg-wash aria-expanded:text-ink pointer-coarse:size-touch [&>svg]:size-4.5 ${className}`}
      {...rest}
    >
      {children}
    </button>
  );
}
