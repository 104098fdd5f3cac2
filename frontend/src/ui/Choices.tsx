import type { ReactNode } from "react";

interface Props<T> {
  /** What is chosen from, for screen readers; seen if `shown`. */
  legend: string;
  shown?: boolean;
  options: readonly { value: T; short: ReactNode; name: string }[];
  chosen: readonly T[];
  onChange: (chosen: readonly T[]) => void;
  className?: string;
}

/** Some of a few things, each a box that is pressed or not: weekdays, dates of a month. */
export function Choices<T extends string | number>({ legend, shown = false, options, chosen, onChange, className = "flex flex-wrap" }: Props<T>) {
  return (
    <fieldset>
      <legend className={shown ? "text-sm text-quiet" : "sr-only"}>{legend}</legend>
      <div className={`gap-1 ${className}`}>
        {options.map(({ value, short, name }) => (
          <label
            key={value}
            className="relative grid min-h-9 min-w-9 cursor-pointer place-items-center rounded-md border border-line px-1 text-sm has-checked:border-accent has-checked:bg-accent has-checked:text-on-accent has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-accent pointer-coarse:min-h-touch pointer-coarse:min-w-touch"
          >
            <input
              type="checkbox"
              aria-label={name}
              checked={chosen.includes(value)}
              onChange={(event) => {
                onChange(event.target.checked ? [...chosen, value] : chosen.filter((other) => other !== value));
              }}
              className="absolute inset-0 cursor-pointer opacity-0"
            />
            <span aria-hidden="true">{short}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
