import { useEffect, useRef, type ReactNode } from "react";
import { faultsOf, Problem, sentence } from "../../api/problem";
import { Refusal } from "../../ui/Refusal";
import { ActButton } from "./ActButton";
import { useOnline } from "../../ui/useOnline";

interface Asking {
  isPending: boolean;
  isSuccess: boolean;
  error: Error | null;
  reset: () => void;
}

interface Props {
  label: string;
  submit: string;
  asking: Asking;
  /** What is said when it is done; nothing, where something else shows it. */
  done?: string;
  kind?: "main" | "danger";
  onSubmit: (form: FormData) => void;
  children: ReactNode;
  beside?: ReactNode;
}

/** Fields, one button, and below them what became of it: said, read out, and gone with the next change. */
export function SettingsForm({ label, submit, asking, done, kind = "main", onSubmit, children, beside }: Props) {
  const online = useOnline();
  const form = useRef<HTMLFormElement>(null);
  const { error, isSuccess, reset } = asking;
  useEffect(() => {
    if (error !== null) form.current?.querySelector<HTMLElement>("[aria-invalid]")?.focus();
  }, [error]);
  return (
    <form
      ref={form}
      aria-label={label}
      className="grid max-w-xl gap-5"
      onChange={() => {
        if (isSuccess) reset();
      }}
      onSubmit={(event) => {
        event.preventDefault();
        if (online) onSubmit(new FormData(event.currentTarget));
      }}
    >
      {children}
      <Refused error={error} />
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <ActButton type="submit" kind={kind} busy={asking.isPending}>
          {submit}
        </ActButton>
        {beside}
        <p role="status" className="text-sm text-quiet empty:hidden">
          {isSuccess && done !== undefined ? done : null}
        </p>
      </div>
    </form>
  );
}

/** Why it was not done; for trouble of the server's own with the name by which its operators find it. */
export function Refused({ error }: { error: Error | null }) {
  const faults = Object.values(faultsOf(error)); // without the names that fields have for programs
  return (
    <Refusal unlessAtField requestId={error instanceof Problem && error.status >= 500 ? error.requestId : null}>
      {error === null ? null : faults.length === 0 ? sentence(error) : faults.join("; ")}
    </Refusal>
  );
}

export function fieldOf(form: FormData, name: string): string {
  const value = form.get(name);
  return typeof value === "string" ? value : "";
}
