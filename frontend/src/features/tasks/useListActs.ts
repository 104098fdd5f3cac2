import { useMemo, useRef, useState, type RefObject } from "react";
import { useGo } from "../../address/useAddress";
import { useData, usePerson } from "../../data/DataContext";
import { doingWith, type Doing } from "./doing";
import { useSteady, type Hands } from "./hands";
import type { TaskLine } from "./lines";
import type { MenuKind, Opened } from "./menus/kinds";
import type { Step } from "./placing";
import { between, toggled } from "./selection";
import { columns, stepping } from "./stepping";
import { useListKeys, type ListKeys } from "./useListKeys";
import { useReached, type Reached } from "./useReached";
import { useSelection, type Selection } from "./useSelection";

interface Wanted {
  root: RefObject<HTMLElement | null>;
  lines: readonly TaskLine[];
  isBoard: boolean;
  canReorder: boolean;
  onFold: (id: string) => void;
}

export interface ListActs {
  hands: Hands;
  doing: Doing;
  reached: Reached;
  selection: Selection;
  edited: string | null;
  opened: Opened | null;
  setOpened: (opened: Opened | null) => void;
  edit: (id: string) => void;
  toggle: (id: string) => void;
  step: (id: string, step: Step) => void;
  stepsFrom: (id: string) => readonly Step[];
  back: () => HTMLElement | null;
}

/** Each once; counted when somebody selects something, and not each time ten thousand rows are put in order. */
function idsOf(lines: readonly TaskLine[]): () => readonly string[] {
  let ids: readonly string[] | undefined;
  return () => (ids ??= [...new Set(lines.map(({ task }) => task.id))]);
}

/** Everything that hands and keys do in a list of tasks. */
export function useListActs({ root, lines, isBoard, canReorder, onFold }: Wanted): ListActs {
  const data = useData();
  const { zone } = usePerson();
  const address = useGo();
  const doing = useMemo(() => doingWith(data, zone), [data, zone]);
  const shown = useMemo(() => idsOf(lines), [lines]);
  const selection = useSelection(shown);
  const reached = useReached(lines, root);
  const [edited, setEdited] = useState<string | null>(null);
  const [opened, setOpened] = useState<Opened | null>(null);
  const anchor = useRef<string | null>(null); // where a range begins
  const { selected, select } = selection;

  const { row } = reached;
  const place = () => lines.findIndex(({ key }) => key === row.key);
  const here = () => lines[place()];
  const rowOf = (key: string | null) => (key === null ? null : (root.current?.querySelector<HTMLElement>(`[data-row="${CSS.escape(key)}"]`) ?? null));
  const back = () => rowOf(row.key)?.querySelector<HTMLElement>("[data-title]") ?? null;
  const targets = () => {
    const line = row.wasThere ? here() : undefined;
    const ids = selected.size > 0 ? [...selected] : line === undefined ? [] : [line.task.id];
    return ids.filter((id) => data.known().task.has(id)); // of one that was deleted, the row may stand for a moment
  };

  const editRow = (key: string | null, goBack = false) => {
    setEdited(key);
    if (key === null && goBack && row.key !== null) reached.go(row.key);
  };
  const edit = (id: string) => {
    const line = lines.find(({ task }) => task.id === id);
    if (line === undefined) return;
    row.note(line.key);
    editRow(line.key);
  };
  const toggle = (id: string) => {
    anchor.current = id;
    select(toggled(selected, id));
  };
  const rangeTo = (id: string) => {
    anchor.current ??= here()?.task.id ?? id;
    select(new Set(between(shown(), anchor.current, id)));
  };
  const goTo = (line: TaskLine | undefined) => {
    if (line !== undefined) reached.go(line.key);
  };
  const lineAt: Record<Parameters<ListKeys["go"]>[0], () => TaskLine | undefined> = {
    first: () => lines[0],
    last: () => lines.at(-1),
    next: () => (row.wasThere ? (lines[place() + 1] ?? here()) : here()),
    before: () => (row.wasThere ? (lines[place() - 1] ?? here()) : here()),
    nextColumn: () => column(1),
    columnBefore: () => column(-1),
  };
  const column = (by: 1 | -1) => lines.find(({ group }) => group.key === columns[columns.indexOf(here()?.group.key ?? "") + by]);
  const { step, stepsFrom } = stepping({ lines, isBoard, canReorder, doing, taskOf: (id) => data.known().task.get(id) });

  const hands = useSteady({
    open: address.open,
    tick: doing.tick,
    edit: editRow,
    rename: doing.rename,
    fold: onFold,
    menu: (kind, id, anchor) => {
      setOpened({ kind, ids: [id], anchor });
    },
    pick: (id, { shiftKey, ctrlKey, metaKey }) => {
      if (shiftKey) rangeTo(id);
      else if (ctrlKey || metaKey || selected.size > 0) toggle(id);
      return shiftKey || ctrlKey || metaKey || selected.size > 0;
    },
    focus: (key) => {
      row.note(key);
    },
  });

  useListKeys({
    isBoard,
    isHere: () => document.activeElement === document.body || root.current?.contains(document.activeElement) === true,
    hasSelection: () => selected.size > 0,
    targets,
    go: (to) => {
      const line = lineAt[to]();
      anchor.current = line?.task.id ?? null;
      goTo(line);
    },
    extend: (direction) => {
      const next = lines[place() + direction];
      if (next === undefined) return;
      rangeTo(next.task.id);
      goTo(next);
    },
    toggle: () => {
      const line = here();
      if (line !== undefined) toggle(line.task.id);
    },
    selectAll: () => {
      select(new Set(shown()));
    },
    clear: () => {
      anchor.current = null;
      select(new Set());
    },
    edit: () => {
      const line = here();
      if (line !== undefined) editRow(line.key);
    },
    open: () => {
      const line = here();
      if (line !== undefined) address.open(line.task.id);
    },
    complete: () => {
      doing.complete(targets());
      if (selected.size > 0) select(new Set());
    },
    remove: () => {
      doing.remove(targets());
    },
    menu: (kind: MenuKind) => {
      const anchor = document.querySelector("[data-bulk]") ?? rowOf(row.key);
      if (anchor !== null) setOpened({ kind, ids: targets(), anchor });
    },
    step: (way) => {
      const line = here();
      if (line === undefined) return;
      step(line.task.id, way);
      reached.go(line.key);
    },
    setPriority: (priority) => {
      doing.give(targets(), { priority });
    },
  });

  return { hands, doing, reached, selection, edited, opened, setOpened, edit, toggle, step, stepsFrom, back };
}
