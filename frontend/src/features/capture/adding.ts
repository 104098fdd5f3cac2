import { useState } from "react";
import { newId } from "../../api/newId";
import { useData, usePerson, useRefused } from "../../data/DataContext";
import { nameOfList } from "../../data/names";
import { listOf } from "../../data/taskActs";
import { addedInWords } from "./inWords";
import { given, meant, type Meant, type Place } from "./place";
import { asSent, type Parsed, type Said } from "./reading";

interface Adding {
  /** What a text comes to here. */
  meant: (parsed: Parsed) => Meant;
  /** Add it as it was understood, or as plain text until the server has read it. */
  add: (said: Said, parsed: Parsed | null) => { id: string; says: string };
  /** The last one that the server would not have. */
  refusal: { said: Said; why: string; onTaken: () => void } | null;
}

export function useAdding(place: Place): Adding {
  const data = useData();
  const person = usePerson();
  const { now, user } = person;
  const refused = useRefused();
  const [sent, setSent] = useState<ReadonlyMap<string, Said>>(new Map());
  const latest = refused.findLast(({ write }) => sent.has(write.id));
  const said = latest && sent.get(latest.write.id);

  function inPlace(parsed: Parsed): Meant {
    const { list, tag } = data.known();
    return meant(parsed, place, { lists: [...list.values()], tags: [...tag.values()] });
  }
  return {
    meant: inPlace,
    add: (text, parsed) => {
      const id = newId();
      const defaults = given(place);
      const shown = parsed === null ? { title: text.text.trim(), ...defaults } : shownAs(parsed, inPlace(parsed));
      const known = data.known();
      const list = nameOfList(known.list.get(listOf(known, shown)));
      // What is not read yet may name another list, or a day.
      const says =
        parsed === null
          ? addedInWords(shown.title, text.text.includes("#") ? null : list, null, person)
          : addedInWords(shown.title, list, shown.due ?? null, person);
      const write = data.acts.add({ id, ...shown }, { ...asSent(text, now(), user.locale), defaults }, says);
      setSent((before) => new Map(before).set(write.id, text));
      return { id, says };
    },
    refusal:
      latest === undefined || said === undefined
        ? null
        : {
            said,
            why: Object.values(latest.problem.fields)[0] ?? latest.problem.detail,
            onTaken: () => {
              data.discard(latest);
            },
          },
  };
}

/** Until the server has made it; ids of new tags are not known before. */
function shownAs({ rrule, anchor }: Parsed, { title, due, priority, list, tags, parent }: Meant) {
  const kind = anchor === "completion" ? ("after_completion" as const) : ("fixed" as const);
  return { title, due, priority, tags, parent, ...(list === null ? {} : { list }), ...(rrule === null ? {} : { recurrence: { rule: rrule, kind } }) };
}
