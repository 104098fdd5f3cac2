import { useId, type ReactNode } from "react";

interface Props {
  label: ReactNode;
  hint?: string;
  checked: boolean;
  disabled?: boolean;
  onChange: (on: boolean) => void;
}

/** On or off, at once. */
export function Switch({ label, hint, checked, disabled = false, onChange }: Props) {
  const id = useId();
  return (
    <div className="flex items-start justify-between gap-4 py-1.5 pointer-coarse:min-h-touch">
      <div className="min-w-0">
        <label htmlFor={id}>{label}</label>
        {hint === undefined ? null : (
          <p id={`${id}-note`} className="text-sm text-quiet">
            {hint}
          </p>
        )}
      </div>
      <input
        id={id}
        type="checkbox"
        role="switch"
        className="switch"
        checked={checked}
        disabled={disabled}
        aria-describedby={hint === undefined ? undefined : `${id}-note`}
        onChange={(event) => {
          onChange(event.target.checked);
        }}
      />
    </div>
  );
}
