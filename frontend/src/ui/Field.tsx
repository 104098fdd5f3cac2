import { useId, type ComponentProps, type ReactNode } from "react";

interface Labelled {
  label: string;
  id?: string | undefined;
  hint?: string;
  wrong?: string | undefined;
}

interface Described extends Labelled {
  children: (told: { id: string; "aria-describedby": string | undefined; "aria-invalid": true | undefined }) => ReactNode;
  className?: string | undefined;
}

/** A label above its control, with the hint and what is wrong with it below, all tied together. */
export function Field({ label, id: given, hint, wrong, children, className = "" }: Described) {
  const own = useId();
  const id = given ?? own;
  const note = wrong ?? hint;
  return (
    <div className={`grid content-start gap-1 ${className}`}>
      <label htmlFor={id} className="text-sm text-quiet">
        {label}
      </label>
      {children({ id, "aria-describedby": note === undefined ? undefined : `${id}-note`, "aria-invalid": wrong === undefined ? undefined : true })}
      {note === undefined ? null : (
        <p id={`${id}-note`} className={`text-sm ${wrong === undefined ? "text-quiet" : "text-warn"}`}>
          {note}
        </p>
      )}
    </div>
  );
}

export function TextField({ label, id, hint, wrong, className, ...rest }: Labelled & ComponentProps<"input">) {
  return (
    <Field label={label} id={id} wrong={wrong} className={className} {...(hint === undefined ? {} : { hint })}>
      {(told) => <input {...told} {...rest} className="box" />}
    </Field>
  );
}

export function SelectField({ label, id, hint, wrong, className, children, ...rest }: Labelled & ComponentProps<"select">) {
  return (
    <Field label={label} id={id} wrong={wrong} className={className} {...(hint === undefined ? {} : { hint })}>
      {(told) => (
        <select {...told} {...rest} className="box">
          {children}
        </select>
      )}
    </Field>
  );
}
