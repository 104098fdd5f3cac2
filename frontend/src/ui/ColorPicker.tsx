import { useId } from "react";
import { palette } from "./palette";
import * as say from "./words";

interface Props {
  label?: string;
  value: string | null;
  onChange: (color: string | null) => void;
}

/** The palette, to choose one of; arrow keys go through it. */
export function ColorPicker({ label = say.colour, value, onChange }: Props) {
  const name = useId();
  const own = value !== null && !palette.some((color) => color.value === value) ? [{ name: value, value }] : [];
  return (
    <fieldset className="grid gap-1">
      <legend className="mb-1 text-sm text-quiet">{label}</legend>
      <div className="flex flex-wrap gap-px">
        {[{ name: say.noColour, value: null }, ...own, ...palette].map((color) => (
          <label
            key={color.value}
            title={color.name}
            className="grid size-8 cursor-pointer place-items-center rounded-full border-2 border-transparent hover:bg-wash has-checked:border-ink has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-accent pointer-coarse:size-touch"
          >
            <input
              type="radio"
              name={name}
              className="sr-only"
              aria-label={color.name}
              checked={color.value === value}
              onChange={() => {
                onChange(color.value);
              }}
            />
            <span
              aria-hidden="true"
              className="size-5 rounded-full border border-edge forced-color-adjust-none"
              style={color.value === null ? undefined : { backgroundColor: color.value, borderColor: color.value }}
            />
          </label>
        ))}
      </div>
    </fieldset>
  );
}
