import { useEffect, useState } from "react";
import type { Answer } from "../../api/client";
import { asCodePoints, fromCodePoints, lengthOf, type Stretch } from "../../api/codePoints";
import { useAsk } from "../../data/useAsk";
import { moved, overlap } from "./spans";

export type Parsed = Answer<"post", "/api/quick-add/parse">;
export type Span = Parsed["spans"][number];

/** As somebody types it: `literal` are the parts that are to stay text. */
export interface Said {
  text: string;
  literal: readonly Stretch[];
}

export const LONGEST = 500;
const PAUSE = 120;

interface Understood {
  said: Said;
  parsed: Parsed;
  spans: readonly Span[];
}

export interface Reading {
  /** What was understood last, of this text or of one before it. */
  parsed: Parsed | null;
  isCurrent: boolean;
  /** What is marked in the text as it is now. */
  spans: readonly Span[];
  /** Why it could not be read. */
  trouble: unknown;
}

/** What the server makes of a text while it is typed. An answer about an older text is never taken for this one's. */
export function useReading(said: Said, now: () => Date, locale: string): Reading {
  const ask = useAsk();
  const [understood, setUnderstood] = useState<Understood | null>(null);
  const [trouble, setTrouble] = useState<{ said: Said; error: unknown } | null>(null);
  useEffect(() => {
    const { text } = said;
    if (text.trim() === "" || lengthOf(text) > LONGEST) return;
    const asking = new AbortController();
    const timer = setTimeout(() => {
      ask("post", "/api/quick-add/parse", { body: asSent(said, now(), locale), signal: asking.signal }).then(
        (parsed) => {
          setUnderstood({ said, parsed, spans: fromCodePoints(text, parsed.spans) });
        },
        (error: unknown) => {
          if (!asking.signal.aborted) setTrouble({ said, error });
        },
      );
    }, PAUSE);
    return () => {
      clearTimeout(timer);
      asking.abort();
    };
  }, [ask, said, now, locale]);

  if (said.text.trim() === "") return { parsed: null, isCurrent: true, spans: [], trouble: null };
  const spans = understood === null ? [] : moved(understood.spans, understood.said.text, said.text);
  return {
    parsed: understood?.parsed ?? null,
    isCurrent: understood?.said === said,
    spans: spans.filter((span) => !said.literal.some((each) => overlap(each, span))),
    trouble: trouble?.said === said ? trouble.error : null,
  };
}

export function asSent({ text, literal }: Said, now: Date, locale: string) {
  return { text, literal: literal.map((each) => asCodePoints(text, each)), now: now.toISOString(), locale };
}
