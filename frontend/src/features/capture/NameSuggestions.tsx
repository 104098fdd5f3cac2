import type { KeyboardEvent, RefObject } from "react";
import { useLists, useTags } from "../../data/DataContext";
import { ColorDot } from "../../ui/ColorDot";
import type { MarkedFieldHandle } from "../../ui/MarkedField";
import { Suggestions, useCaret, useSuggesting, type Suggesting } from "../../ui/suggesting";
import { keyOf, namingAt, suggestions, written, type Suggestion } from "./naming";
import * as say from "./words";

interface Offered {
  told: Suggesting["told"];
  list: Suggesting["list"];
  takes: (event: KeyboardEvent) => boolean;
  options: readonly Suggestion[];
  choose: (at: number) => void;
}

/** Lists behind # and tags behind @, where the caret is. */
export function useNameSuggestions(text: string, handle: RefObject<MarkedFieldHandle | null>, onWrite: (text: string) => void): Offered {
  const lists = useLists();
  const tags = useTags();
  const caret = useCaret(() => handle.current?.field);
  const naming = caret === null ? null : namingAt(text, caret);
  const options = naming === null ? [] : suggestions(naming, lists, tags);
  const best = options[0];
  // What is written out already, or is new, needs no choosing: Enter adds the task.
  const isChoice = naming !== null && naming.typed !== "" && best !== undefined && best.kind !== "new tag" && keyOf(best.name) !== keyOf(naming.typed);

  function choose(at: number) {
    const field = handle.current?.field;
    const chosen = options[at];
    if (field === undefined || chosen === undefined || naming === null) return;
    const space = text.startsWith(" ", naming.end) ? "" : " ";
    field.setRangeText(written(naming.sign, chosen.name) + space, naming.start, naming.end, "end");
    onWrite(field.value);
  }
  const { told, takes, list } = useSuggesting({
    place: naming === null ? null : `${naming.sign}${naming.start}`,
    about: naming === null ? "" : `${naming.start} ${naming.typed}`,
    count: options.length,
    first: isChoice ? 0 : -1,
    onChoose: choose,
  });
  return { told, list, takes, options, choose };
}

const says: Record<Suggestion["kind"], string> = { list: say.list, tag: say.tag, "new tag": say.makesANewTag };

export function NameSuggestions({ list, options, choose }: Pick<Offered, "list" | "options" | "choose">) {
  return (
    <Suggestions
      list={list}
      label={say.listsAndTags}
      onChoose={choose}
      options={options.map(({ key, kind, name, color }) => ({
        key,
        shown: (
          <>
            <ColorDot color={color} />
            <span className="min-w-0 flex-1 truncate">{name}</span>
            <span className="text-sm text-quiet">{says[kind]}</span>
          </>
        ),
      }))}
    />
  );
}
