import { useEffect, useRef, type ReactNode } from "react";

/** What stands in a form's place when it is done with. It has the focus, so that it is read out and the next step is near. */
export function Outcome({ heading, children }: { heading: string; children: ReactNode }) {
  const top = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    top.current?.focus();
  }, []);
  return (
    <section className="grid gap-5" aria-labelledby="account-heading">
      <h1 id="account-heading" ref={top} tabIndex={-1} className="font-display text-3xl outline-none">
        {heading}
      </h1>
      {children}
    </section>
  );
}

export function Aside({ question, link, onClick }: { question?: string; link: string; onClick: () => void }) {
  return (
    <p className="text-quiet">
      {question === undefined ? null : `${question} `}
      <button type="button" className="link" onClick={onClick}>
        {link}
      </button>
    </p>
  );
}
