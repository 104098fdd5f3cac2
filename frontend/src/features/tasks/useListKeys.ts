import type { Priority } from "../../api/types";
import { useCommands, type Command } from "../../commands/useCommands";
import { priorityInWords } from "../../data/names";
import { byNumber } from "./groups";
import type { MenuKind } from "./menus/kinds";
import type { Step } from "./placing";
import * as say from "./words";

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
  const moving = (id: string, label: string, keys: readonly string[], run: () => void, more: Partial<Command> = {}): Command => ({ id: `list.${id}`, label, keys, group: say.moveInList, run, ...more });
  const doing = (id: string, label: string, keys: readonly string[], run: () => void, when: () => boolean = any): Command => ({ id: `list.${id}`, label, keys, group: say.tasksGroup, run, when });
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
    moving("next", say.nextTask, ["j"], to("next")),
    moving("before", say.previousTask, ["k"], to("before")),
    moving("down", say.down, ["down"], to("next"), { when: here }),
    moving("up", say.up, ["up"], to("before"), { when: here }),
    moving("first", say.firstTask, ["home"], to("first"), { when: here }),
    moving("last", say.lastTask, ["end"], to("last"), { when: here }),
    ...(list.isBoard
      ? [
          moving("right", say.nextColumn, ["right", "l"], to("nextColumn"), { when: here }),
          moving("left", say.previousColumn, ["left", "h"], to("columnBefore"), { when: here }),
        ]
      : []),
    moving("extend down", say.selectDown, ["shift+down"], () => { list.extend(1); }, { when: here }),
    moving("extend up", say.selectUp, ["shift+up"], () => { list.extend(-1); }, { when: here }),
    moving("all", say.selectAll, ["mod+a"], list.selectAll, { when: here }),
    moving("clear", say.selectNothing, ["esc"], list.clear, { when: list.hasSelection }),
    doing("select", say.select, ["x"], list.toggle),
    doing("open", say.open, ["enter"], list.open, () => here() && any()),
    doing("edit", say.editTitle, ["e"], list.edit),
    doing("complete", say.complete, ["c"], list.complete),
    doing("tick", say.complete, ["space"], list.complete, () => here() && any()),
    doing("due", say.dueDate, ["d"], opens("due")),
    doing("priority", say.priority, ["p"], opens("priority")),
    doing("tags", say.tags, ["t"], opens("tags")),
    doing("list", say.moveToList, ["m"], opens("list")),
    ...byNumber.map(({ key, priority }) => doing(`priority ${key}`, priorityInWords(priority), [key], () => { list.setPriority(priority); })),
    doing("remove", say.remove, ["delete", "backspace"], list.remove, () => here() && any()),
    doing("step up", say.moveUp, ["alt+up"], steps("up")),
    doing("step down", say.moveDown, ["alt+down"], steps("down")),
    doing("step in", list.isBoard ? say.toTheNextColumn : say.makeASubtask, ["alt+right"], steps("in")),
    doing("step out", list.isBoard ? say.toThePreviousColumn : say.moveOut, ["alt+left"], steps("out")),
  ]);
}
