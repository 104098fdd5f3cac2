import type { Priority } from "../../api/types";
import { useCommands, type Command } from "../../commands/useCommands";
import { priorityInWords } from "../../data/names";
import { byNumber } from "./groups";
import type { MenuKind } from "./menus/kinds";
import type { Step } from "./placing";

export interface ListKeys {
  /** Whether keys that scroll or press elsewhere are meant for the list. */
  isHere: () => boolean;
  isBoard: boolean;
  hasSelection: () => boolean;
  /** Those that are selected; else the one that was reached. */
  targets: () => readonly string[];
  go: (to: "next" | "before" | "first" | "last" | "nextColumn" | "columnBefore") => void;
  extend: (direction: 1 | -1) => void;
  toggle: () => void;
  selectAll: () => void;
  clear: () => void;
  edit: () => void;
  open: () => void;
  complete: () => void;
  remove: () => void;
  menu: (kind: MenuKind) => void;
  step: (step: Step) => void;
  setPriority: (priority: Priority) => void;
}

/** The keys of a list, each a command that the palette and the sheet of keys show. */
export function useListKeys(list: ListKeys): void {
  const any = () => list.targets().length > 0;
  const here = list.isHere;
  const moving = (id: string, label: string, keys: readonly string[], run: () => void, more: Partial<Command> = {}): Command => ({ id: `list.${id}`, label, keys, group: "Move in a list", run, ...more });
  const doing = (id: string, label: string, keys: readonly string[], run: () => void, when: () => boolean = any): Command => ({ id: `list.${id}`, label, keys, group: "Tasks", run, when });
  const to = (place: Parameters<ListKeys["go"]>[0]) => () => {
    list.go(place);
  };
  const opens = (kind: MenuKind) => () => {
    list.menu(kind);
  };
  const steps = (step: Step) => () => {
    list.step(step);
  };
  useCommands([
    moving("next", "Next task", ["j"], to("next")),
    moving("before", "Previous task", ["k"], to("before")),
    moving("down", "Down", ["down"], to("next"), { when: here }),
    moving("up", "Up", ["up"], to("before"), { when: here }),
    moving("first", "First task", ["home"], to("first"), { when: here }),
    moving("last", "Last task", ["end"], to("last"), { when: here }),
    ...(list.isBoard
      ? [
          moving("right", "Next column", ["right", "l"], to("nextColumn"), { when: here }),
          moving("left", "Previous column", ["left", "h"], to("columnBefore"), { when: here }),
        ]
      : []),
    moving("extend down", "Select down", ["shift+down"], () => { list.extend(1); }, { when: here }),
    moving("extend up", "Select up", ["shift+up"], () => { list.extend(-1); }, { when: here }),
    moving("all", "Select all", ["mod+a"], list.selectAll, { when: here }),
    moving("clear", "Select nothing", ["esc"], list.clear, { when: list.hasSelection }),
    doing("select", "Select", ["x"], list.toggle),
    doing("open", "Open", ["enter"], list.open, () => here() && any()),
    doing("edit", "Edit title", ["e"], list.edit),
    doing("complete", "Complete", ["c"], list.complete),
    doing("tick", "Complete", ["space"], list.complete, () => here() && any()),
    doing("due", "Due date", ["d"], opens("due")),
    doing("priority", "Priority", ["p"], opens("priority")),
    doing("tags", "Tags", ["t"], opens("tags")),
    doing("list", "Move to list", ["m"], opens("list")),
    ...byNumber.map(({ key, priority }) => doing(`priority ${key}`, priorityInWords(priority), [key], () => { list.setPriority(priority); })),
    doing("remove", "Delete", ["delete", "backspace"], list.remove, () => here() && any()),
    doing("step up", "Move up", ["alt+up"], steps("up")),
    doing("step down", "Move down", ["alt+down"], steps("down")),
    doing("step in", list.isBoard ? "To the next column" : "Make a subtask", ["alt+right"], steps("in")),
    doing("step out", list.isBoard ? "To the previous column" : "Move out a level", ["alt+left"], steps("out")),
  ]);
}
