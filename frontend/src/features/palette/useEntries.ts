import { useMemo, useState } from "react";
import { newId } from "../../api/newId";
import { useGo } from "../../address/useAddress";
import { useRegistry } from "../../commands/CommandsProvider";
import { useData, useFilters, useKnown, useLists, usePerson, useTags } from "../../data/DataContext";
import { openTasks } from "../../data/views";
import { folded } from "../../ui/folded";
import { ranked } from "./ranking";
import * as say from "./words";

export interface Entry {
  id: string;
  label: string;
  /** Folded, to be searched. */
  name: string;
  /** What it is, said behind it. */
  what: string;
  color?: string | null;
  keys?: string;
  run: () => void;
}

const MOST = 40;

/** What the palette offers for what was typed, the best first; adding it as a task comes last. */
export function useEntries(typed: string): Entry[] {
  const commands = useCommandEntries();
  const places = usePlaceEntries();
  const tasks = useTaskEntries();
  const { acts } = useData();
  const { locale } = usePerson();
  return useMemo(() => {
    const text = typed.trim();
    if (text === "") {
      const isOften = ({ keys }: Entry) => keys !== undefined;
      return [...commands.filter(isOften), ...places, ...commands.filter((entry) => !isOften(entry))].slice(0, MOST);
    }
    const add = () => {
      acts.add({ id: newId(), title: text }, { text, literal: [], now: new Date().toISOString(), locale });
    };
    return [
      ...ranked(text, [...commands, ...places, ...tasks], MOST),
      { id: "add", label: say.addTask(text), name: "", what: "", run: add },
    ];
  }, [typed, commands, places, tasks, acts, locale]);
}

/** As it was when the palette was opened: what was selected then is what is meant. */
function useCommandEntries(): Entry[] {
  const registry = useRegistry();
  const [entries] = useState(() =>
    registry
      .commands()
      .filter(({ id }) => id !== "palette")
      // What two keys do is one thing to choose.
      .filter(({ group, label }, at, all) => all.findIndex((one) => one.group === group && one.label === label) === at)
      .map(({ id, label, keys, group, run }): Entry => {
        const key = keys?.[0];
        return { id: `command ${id}`, label, name: folded(label), what: group, run, ...(key === undefined ? {} : { keys: key }) };
      }),
  );
  return entries;
}

function usePlaceEntries(): Entry[] {
  const go = useGo();
  const lists = useLists();
  const tags = useTags();
  const filters = useFilters();
  return useMemo(() => {
    const places = [
      ...lists.filter(({ inbox }) => !inbox).map((list) => ({ kind: "list" as const, what: say.list, ...list })),
      ...tags.map((tag) => ({ kind: "tag" as const, what: say.tag, ...tag })),
      ...filters.map((filter) => ({ kind: "filter" as const, what: say.filter, ...filter })),
    ];
    return places.map(({ id, kind, what, name, color }): Entry => {
      const run = () => {
        go.to({ name: kind, id });
      };
      return { id: `${kind} ${id}`, label: name, name: folded(name), what, color, run };
    });
  }, [lists, tags, filters, go]);
}

function useTaskEntries(): Entry[] {
  const { open } = useGo();
  const [tasks] = useState(useKnown(openTasks, () => true));
  return useMemo(
    () =>
      tasks.map(({ id, title }): Entry => {
        const run = () => {
          open(id);
        };
        return { id: `task ${id}`, label: title, name: folded(title), what: say.task, run };
      }),
    [tasks, open],
  );
}
