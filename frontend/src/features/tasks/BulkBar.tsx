import { useRef } from "react";
import { Button } from "../../ui/Button";
import type { Doing } from "./doing";
import { Icon, type IconName } from "../../ui/Icon";
import { useKeptClear } from "../../ui/keptClear";
import type { MenuKind } from "./menus/kinds";
import * as say from "./words";

interface Props {
  ids: readonly string[];
  locale: string;
  doing: Doing;
  onMenu: (kind: MenuKind, anchor: Element) => void;
  onClear: () => void;
}

/** What can be done with all that is selected, each with one undo. */
export function BulkBar({ ids, locale, doing, onMenu, onClear }: Props) {
  const bar = useRef<HTMLDivElement>(null);
  useKeptClear(bar);
  const opens = (kind: MenuKind, icon: IconName, label: string) => (
    <Button
      kind="quiet"
      aria-haspopup="dialog"
      className="inline-flex items-center gap-1.5 max-sm:px-2"
      onClick={(event) => {
        onMenu(kind, event.currentTarget);
      }}
    >
      <Icon name={icon} />
      {label}
    </Button>
  );
  return (
    <div
      ref={bar}
      role="toolbar"
      aria-label={say.selectedTasks}
      data-bulk
      className="sheet sticky bottom-3 z-10 max-lg:bottom-17 mx-auto mt-4 flex w-fit max-w-full flex-wrap items-center gap-1 px-2 py-1.5"
    >
      <p role="status" className="px-2 text-sm font-semibold whitespace-nowrap">
        {say.selectedCount(ids.length, locale)}
      </p>
      <Button
        kind="main"
        onClick={() => {
          doing.complete(ids);
          onClear();
        }}
      >
        {say.complete}
      </Button>
      {opens("due", "calendar", say.due)}
      {opens("list", "list", say.move)}
      {opens("tags", "tag", say.tags)}
      {opens("priority", "flag", say.priority)}
      <Button
        kind="quiet"
        className="text-warn"
        onClick={() => {
          doing.remove(ids);
          onClear();
        }}
      >
        {say.remove}
      </Button>
      <Button kind="quiet" onClick={onClear}>
        {say.clear}
      </Button>
    </div>
  );
}
