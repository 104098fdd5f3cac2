import { useEffect, useState } from "react";
import { shortDayInWords, timeInWords } from "./inWords";
import * as say from "./words";

export interface Previewed {
  words: string;
  occurrences: readonly string[];
}

interface Props {
  /** null: there is nothing to preview yet. */
  rule: string | null;
  /** What is to be done until there is something. */
  lacking: string;
  /** From when it is done: nobody knows its dates. */
  isCounted: boolean;
  preview: (rule: string) => Promise<Previewed>;
  locale: string;
}

type Answer = { rule: string } & ({ said: Previewed } | { refused: string });

const PAUSE = 200; // ms without another key

/** A rule in words and its next dates, as the server has them: nobody else computes days. */
export function RepeatPreview({ rule, lacking, isCounted, preview, locale }: Props) {
  const [answer, setAnswer] = useState<Answer | null>(null);
  useEffect(() => {
    if (rule === null) return;
    let wanted = true;
    const settle = (next: Answer) => {
      if (wanted) setAnswer(next);
    };
    const timer = setTimeout(() => {
      preview(rule).then(
        (said) => { settle({ rule, said }); },
        (error: unknown) => { settle({ rule, refused: error instanceof Error ? error.message : say.thisCannotBeShown }); },
      );
    }, PAUSE);
    return () => {
      wanted = false;
      clearTimeout(timer);
    };
  }, [rule, preview]);

  const isOld = answer?.rule !== rule;
  return (
    <div role="status" aria-busy={rule !== null && isOld} className={`min-h-32 text-sm ${isOld ? "text-quiet" : ""}`}>
      {rule === null ? <p>{lacking}</p> : answer === null ? <p>…</p> : "refused" in answer ? <p className="text-warn">{answer.refused}</p> : <Dates {...answer.said} isCounted={isCounted} locale={locale} />}
    </div>
  );
}

function Dates({ words, occurrences, isCounted, locale }: Previewed & Pick<Props, "isCounted" | "locale">) {
  return (
    <>
      <p className="font-semibold">
        {words.charAt(0).toUpperCase() + words.slice(1)}
        {isCounted ? say.countedFromThen : ""}
      </p>
      {isCounted ? null : (
        <ol aria-label={say.nextDates} className="text-quiet">
          {occurrences.map((occurrence) => (
            <li key={occurrence}>{occurrenceInWords(occurrence, locale)}</li>
          ))}
        </ol>
      )}
    </>
  );
}

/** As its clock shows it: the offset is for machines. */
function occurrenceInWords(local: string, locale: string): string {
  const day = `${shortDayInWords(local.slice(0, 10), locale)} ${local.slice(0, 4)}`;
  return local.includes("T") ? `${day}, ${timeInWords(local.slice(11, 16), locale)}` : day;
}
