import { useEffect, useId, useRef, useState, type ReactNode } from "react";
import { Button } from "../../ui/Button";
import * as say from "./words";

interface Props {
  heading: string;
  explanation: string;
  /** What is shown, and copied as it is. */
  secret: string;
  /** Of what is copied: "token", "secret". */
  name: string;
  beside?: ReactNode;
  onDone: () => void;
}

/** A secret that the server says this once. It has the focus, and stays until somebody says that they have it. */
export function ShownOnce({ heading, explanation, secret, name, beside, onDone }: Props) {
  const id = useId();
  const top = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    top.current?.focus();
  }, []);
  return (
    <section aria-labelledby={id} className="grid max-w-xl gap-3 rounded-md border border-accent bg-raised p-4">
      <h3 id={id} ref={top} tabIndex={-1} className="scroll-mt-20 font-display text-lg outline-none">
        {heading}
      </h3>
      <p>{explanation}</p>
      <Secret secret={secret} name={name} />
      <div className="flex flex-wrap gap-2">
        {beside}
        <Button onClick={onDone}>{say.iHaveIt}</Button>
      </div>
    </section>
  );
}

/** Text to be taken away, with a button that does so. Where the browser keeps its clipboard closed, the text is selected instead. */
export function Secret({ secret, name }: { secret: string; name: string }) {
  const shown = useRef<HTMLElement>(null);
  const [said, setSaid] = useState("");
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(secret);
      setSaid(say.copied);
    } catch {
      if (shown.current !== null) window.getSelection()?.selectAllChildren(shown.current);
      setSaid(say.notCopied);
    }
  };
  return (
    <div className="grid gap-2">
      <code ref={shown} className="block rounded-md border border-line bg-paper p-3 font-mono text-sm whitespace-pre-wrap wrap-anywhere">
        {secret}
      </code>
      <div className="flex flex-wrap items-center gap-3">
        <Button onClick={() => void copy()}>{say.copyThe(name)}</Button>
        <p role="status" className="text-sm text-quiet empty:hidden">
          {said}
        </p>
      </div>
    </div>
  );
}
