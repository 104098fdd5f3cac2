import type { ReactNode } from "react";
import { Problem, sentence } from "../../api/problem";
import { Button } from "../../ui/Button";
import { Refusal } from "../../ui/Refusal";

interface Props {
  heading: string;
  explanation?: string | undefined;
  submit: string;
  busy: boolean;
  error: Error | null;
  /** What is to be said as long as nothing is refused. */
  said?: string | undefined;
  onSubmit: (form: FormData) => void;
  children: ReactNode;
  otherwise?: ReactNode;
}

/** What logging in and registering have in common: a heading, fields, one button, and the reason when it is refused. */
export function AccountForm({ heading, explanation, submit, busy, error, said, onSubmit, children, otherwise }: Props) {
  return (
    <form
      className="grid gap-5"
      aria-labelledby="account-heading"
      onSubmit={(event) => {
        event.preventDefault();
        onSubmit(new FormData(event.currentTarget));
      }}
    >
      <h1 id="account-heading" className="font-display text-3xl">
        {heading}
      </h1>
      {explanation === undefined ? null : <p className="text-quiet">{explanation}</p>}
      {children}
      <Refusal requestId={error instanceof Problem && error.status >= 500 ? error.requestId : null}>
        {error === null ? (said ?? null) : sentence(error)}
      </Refusal>
      <Button kind="main" type="submit" busy={busy}>
        {submit}
      </Button>
      {otherwise}
    </form>
  );
}

export function fieldOf(form: FormData, name: string): string {
  const value = form.get(name);
  return typeof value === "string" ? value : "";
}
