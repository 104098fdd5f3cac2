import { useState } from "react";

interface Props {
  label: string;
  value: number;
  max: number;
  onChange: (value: number) => void;
}

/** A whole number from 1. While somebody types, the box may be empty; it then still means what it meant before. */
export function NumberBox({ label, value, max, onChange }: Props) {
  const [typed, setTyped] = useState<string | null>(null);
  return (
    <input
      type="number"
      inputMode="numeric"
      aria-label={label}
      min={1}
      max={max}
      value={typed ?? value}
      onChange={(event) => {
        setTyped(event.target.value);
        const number = event.target.valueAsNumber;
        if (Number.isInteger(number) && number >= 1 && number <= max) onChange(number);
      }}
      onBlur={() => {
        setTyped(null);
      }}
      className="box max-w-20"
    />
  );
}
