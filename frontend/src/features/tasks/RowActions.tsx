import type { Task } from "../../api/types";
import type { Hands } from "./hands";
import { Icon, type IconName } from "../../ui/Icon";
import type { MenuKind } from "./menus/kinds";
import * as say from "./words";

/** Shown when the row is pointed at or has the focus; a finger finds them all under “More”. */
export function RowActions({ lineKey, task, tab, hands }: { lineKey: string; task: Task; tab: number; hands: Hands }) {
  const menu = (kind: MenuKind) => (anchor: Element) => {
    hands.menu(kind, task.id, anchor);
  };
  return (
    <div className="absolute top-1.5 right-1 flex rounded-md bg-paper opacity-0 group-focus-within:opacity-100 group-hover:opacity-100 pointer-coarse:static pointer-coarse:-my-0.5 pointer-coarse:bg-transparent pointer-coarse:opacity-100">
      <Action
        name="pencil"
        label={say.editNamed(task.title)}
        tab={tab}
        className="pointer-coarse:hidden"
        onAct={() => {
          hands.edit(lineKey);
        }}
      />
      <Action name="calendar" label={say.dueDateOf(task.title)} tab={tab} className="pointer-coarse:hidden" onAct={menu("due")} />
      <Action name="dots" label={say.moreFor(task.title)} tab={tab} onAct={menu("more")} />
    </div>
  );
}

function Action({ name, label, tab, className = "", onAct }: { name: IconName; label: string; tab: number; className?: string; onAct: (anchor: Element) => void }) {
  return (
    <button
      type="button"
      aria-label={label}
      title={label}
      tabIndex={tab}
      onClick={(event) => {
        onAct(event.currentTarget);
      }}
      className={`grid size-7 cursor-pointer place-items-center rounded-md text-quiet hover:bg-line hover:text-ink pointer-coarse:size-touch ${className}`}
    >
      <Icon name={name} />
    </button>
  );
}
