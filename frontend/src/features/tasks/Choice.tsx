interface Props {
  label: string;
  value: string;
  options: readonly (readonly [value: string, name: string])[];
  onChange: (value: string) => void;
  /** Where there is little room, the view does without it. */
  isSpare?: boolean;
}

/** A choice of how a view is looked at, which stands there quietly. */
export function Choice({ label, value, options, onChange, isSpare = false }: Props) {
  return (
    <select
      aria-label={label}
      value={value}
      onChange={(event) => {
        onChange(event.target.value);
      }}
      className={`field-sizing-content min-h-8 cursor-pointer rounded-md border border-transparent bg-paper px-1.5 text-quiet max-sm:px-1 hover:border-edge hover:text-ink pointer-coarse:min-h-touch ${isSpare ? "max-sm:hidden" : ""}`}
    >
      {options.map(([option, name]) => (
        <option key={option} value={option}>
          {name}
        </option>
      ))}
    </select>
  );
}
