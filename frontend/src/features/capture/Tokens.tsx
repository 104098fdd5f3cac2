import { Undo2, X } from "lucide-react";
import type { Stretch } from "../../api/codePoints";
import { useLists } from "../../data/DataContext";
import { kindNames } from "./looks";
import { keyOf } from "./naming";
import type { Said, Span } from "./reading";
import * as say from "./words";

interface Props {
  said: Said;
  spans: readonly Span[];
  onToggle: (stretch: Stretch, byPointer: boolean) => void;
}

/** Each part of the text that is more than text, as a button that makes it text; and those that were made text. */
export function Tokens({ said, spans, onToggle }: Props) {
  const lists = useLists();
  const isList = (text: string) => lists.some(({ name }) => keyOf(name) === keyOf(text.replace(/^#"?|"$/gu, "")));
  const tokens = [
    ...spans.map(({ start, end, kind, text }) => ({ start, end, kind: kind === "hash" && !isList(text) ? kindNames.tag : kindNames[kind] })),
    ...said.literal.map(({ start, end }) => ({ start, end, kind: null })),
  ].sort((one, other) => one.start - other.start);
  if (tokens.length === 0) return null;
  return (
    <ul aria-label={say.understoodInTheText} className="flex flex-wrap gap-1.5">
      {tokens.map(({ start, end, kind }) => {
        const text = said.text.slice(start, end);
        const does = kind === null ? say.isText(text) : say.keepKindAsText(kind, text);
        return (
          <li key={`${start}-${end}`} className="min-w-0">
            <button
              type="button"
              aria-label={does}
              title={kind === null ? say.readItAgain : say.keepAsText}
              onClick={({ detail }) => {
                onToggle({ start, end }, detail > 0); // a key clicks no times
              }}
              className={`inline-flex min-h-6 max-w-full cursor-pointer items-center gap-1.5 rounded-full border px-2 py-0.5 hover:border-ink pointer-coarse:min-h-touch pointer-coarse:px-3 [&>svg]:size-3.5 [&>svg]:flex-none ${
                kind === null ? "border-dashed border-edge text-quiet" : "border-line bg-tint text-ink"
              }`}
            >
              <span className="text-quiet">{kind ?? say.text}</span>{" "}
              <span className="truncate">{text}</span>
              {kind === null ? <Undo2 aria-hidden="true" /> : <X aria-hidden="true" />}
            </button>
          </li>
        );
      })}
    </ul>
  );
}
