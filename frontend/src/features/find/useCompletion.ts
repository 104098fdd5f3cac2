import type { KeyboardEvent, RefObject } from "react";
import { useLists, useTags } from "../../data/DataContext";
import type { MarkedFieldHandle } from "../../ui/MarkedField";
import { useCaret, useSuggesting, type Suggesting } from "../../ui/suggesting";
import { completionsAt, type Completion } from "./completion";

interface Completing {
  told: Suggesting["told"];
  list: Suggesting["list"];
  takes: (event: KeyboardEvent) => boolean;
  options: readonly Completion[];
  choose: (at: number) => void;
}

/** What may come where the caret is. */
export function useCompletion(text: string, handle: RefObject<MarkedFieldHandle | null>, onWrite: (text: string) => void): Completing {
  const lists = useLists();
  const tags = useTags();
  const caret = useCaret(() => handle.current?.field);
  const options = caret === null ? [] : completionsAt(text, caret, lists, tags);
  const typed = options[0] === undefined || caret === null ? "" : text.slice(options[0].start, caret);

  function choose(at: number) {
    const field = handle.current?.field;
    const chosen = options[at];
    if (field === undefined || chosen === undefined) return;
    const insert = text.startsWith(" ", chosen.end) ? chosen.insert.trimEnd() : chosen.insert;
    field.setRangeText(insert, chosen.start, chosen.end, "end");
    onWrite(field.value);
  }
  const { told, list, takes } = useSuggesting({
    place: caret === null ? null : String(options[0]?.start ?? caret),
    about: `${caret ?? ""} ${text}`,
    count: options.length,
    // Enter applies the filter unless something has been begun that one of them ends.
    first: typed === "" ? -1 : 0,
    onChoose: choose,
  });
  return { told, list, takes, options, choose };
}
