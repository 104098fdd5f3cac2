import type { Task } from "../../../api/types";
import { useData } from "../../../data/DataContext";
import type { Doing } from "../doing";
import { DueChoice } from "./DueChoice";
import { HungMenu, HungPopover } from "./Hung";
import type { MenuKind, Opened } from "./kinds";
import { ListChoice } from "./ListChoice";
import { More, type MoreActs } from "./More";
import { PriorityChoice } from "./PriorityChoice";
import { TagChoice } from "./TagChoice";
import * as say from "./words";

interface Props extends MoreActs {
  opened: Opened;
  doing: Doing;
  onOther: (kind: MenuKind) => void;
  onClose: () => void;
  back: () => HTMLElement | null;
}

const labels: Readonly<Record<MenuKind, string>> = { more: say.more, due: say.dueDate, priority: say.priority, tags: say.tags, list: say.moveToList };

/** All that opens beside a row, or beside the bar for several. It is loaded when the first of them is asked for. */
export default function TaskMenus({ opened, doing, onOther, onClose, back, ...acts }: Props) {
  const data = useData();
  const tasks = opened.ids.map((id) => data.known().task.get(id)).filter((task): task is Task => task !== undefined);
  const hung = { label: labels[opened.kind], anchor: opened.anchor, onClose, back };
  switch (opened.kind) {
    case "more":
      return (
        <HungMenu {...hung}>
          <More tasks={tasks} onOther={onOther} {...acts} />
        </HungMenu>
      );
    case "priority":
      return (
        <HungMenu {...hung}>
          <PriorityChoice tasks={tasks} />
        </HungMenu>
      );
    case "due":
      return (
        <HungPopover {...hung}>
          <DueChoice tasks={tasks} doing={doing} onDone={onClose} />
        </HungPopover>
      );
    case "list":
      return (
        <HungPopover {...hung}>
          <ListChoice tasks={tasks} doing={doing} onDone={onClose} />
        </HungPopover>
      );
    case "tags":
      return (
        <HungPopover {...hung}>
          <TagChoice tasks={tasks} />
        </HungPopover>
      );
  }
}
