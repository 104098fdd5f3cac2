import { Archive, ArchiveRestore, ArrowDown, ArrowUp, Ellipsis, Merge, Pencil, Trash2 } from "lucide-react";
import { useRef, useState } from "react";
import { useAddress, useGo } from "../../address/useAddress";
import { useCounted, useData, useKnown } from "../../data/DataContext";
import { organizeActs } from "../../data/organizeActs";
import { useActs } from "../../data/useActs";
import type { Known } from "../../data/shapes";
import { openCounts } from "../../data/views";
import { IconButton } from "../../ui/IconButton";
import { Menu, MenuItem, MenuSeparator } from "../../ui/Menu";
import { DeleteListDialog } from "./DeleteListDialog";
import { moveEntry, type Entry, type Kind } from "./entries";
import { EntryDialog } from "./EntryDialog";
import { MergeTagDialog } from "./MergeTagDialog";
import * as say from "./words";

interface Props {
  kind: Kind;
  entry: Entry;
  /** Its neighbours, where it can be moved past them. */
  above?: string | undefined;
  below?: string | undefined;
  label: string;
  className: string;
}

/** What can be done with a list, a tag or a filter; it is fetched when first asked for, and opens at once. */
export function EntryMenu({ kind, entry, above, below, label, className }: Props) {
  const data = useData();
  const acts = useActs(organizeActs);
  const { view } = useAddress();
  const go = useGo();
  const [asked, setAsked] = useState<"edit" | "delete" | "merge" | null>(null);
  const hasOthers = useKnown((known) => known.tag.size > 1);
  const button = useRef<HTMLButtonElement>(null);
  const close = () => {
    setAsked(null);
  };
  const onGone = () => {
    if ("id" in view && view.id === entry.id) go.to({ name: "inbox" });
  };
  const remove = () => {
    if (kind === "list" && isUsed(data.known(), entry.id)) {
      setAsked("delete");
      return;
    }
    if (kind === "list") acts.removeList(entry.id, "move_to_inbox");
    else if (kind === "tag") acts.removeTag(entry.id);
    else acts.removeFilter(entry.id);
    onGone();
  };
  const ask = (what: typeof asked) => () => {
    setAsked(what);
  };
  return (
    <>
      <Menu
        defaultOpen
        trigger={
          <IconButton ref={button} label={label} className={className}>
            <Ellipsis aria-hidden="true" />
          </IconButton>
        }
      >
        <MenuItem icon={<Pencil aria-hidden="true" />} onSelect={ask("edit")}>
          {say.edit}
        </MenuItem>
        {kind === "tag" ? null : (
          <Moves kind={kind} id={entry.id} above={above} below={below} />
        )}
        {kind === "tag" && hasOthers ? (
          <MenuItem icon={<Merge aria-hidden="true" />} onSelect={ask("merge")}>
            {say.merge}
          </MenuItem>
        ) : null}
        {kind === "list" && "archived" in entry ? <ArchiveItem id={entry.id} isArchived={entry.archived} /> : null}
        <MenuSeparator />
        <RemoveItem kind={kind} id={entry.id} onSelect={remove} />
      </Menu>
      {asked === "edit" ? <EntryDialog kind={kind} entry={entry} from={button} onClose={close} /> : null}
      {asked === "delete" && "archived" in entry ? <DeleteListDialog list={entry} from={button} onClose={close} onGone={onGone} /> : null}
      {asked === "merge" ? <MergeTagDialog tag={entry} from={button} onClose={close} onGone={onGone} /> : null}
    </>
  );
}

const isUsed = (known: Known, list: string) => (openCounts(known).get(list) ?? 0) > 0;

/** It counts only while the menu is open. */
function RemoveItem({ kind, id, onSelect }: { kind: Kind; id: string; onSelect: () => void }) {
  const asks = useCounted((known) => kind === "list" && isUsed(known, id));
  return (
    <MenuItem danger icon={<Trash2 aria-hidden="true" />} onSelect={onSelect}>
      {say.removeOrAsk(asks)}
    </MenuItem>
  );
}

function Moves({ kind, id, above, below }: { kind: "list" | "filter"; id: string; above: string | undefined; below: string | undefined }) {
  const acts = useActs(organizeActs);
  return (
    <>
      {above === undefined ? null : (
        <MenuItem
          icon={<ArrowUp aria-hidden="true" />}
          onSelect={() => {
            moveEntry(acts, kind, id, { before: above });
          }}
        >
          {say.moveUp}
        </MenuItem>
      )}
      {below === undefined ? null : (
        <MenuItem
          icon={<ArrowDown aria-hidden="true" />}
          onSelect={() => {
            moveEntry(acts, kind, id, { after: below });
          }}
        >
          {say.moveDown}
        </MenuItem>
      )}
    </>
  );
}

function ArchiveItem({ id, isArchived }: { id: string; isArchived: boolean }) {
  const acts = useActs(organizeActs);
  return (
    <MenuItem
      icon={isArchived ? <ArchiveRestore aria-hidden="true" /> : <Archive aria-hidden="true" />}
      onSelect={() => {
        acts.changeList(id, { archived: !isArchived });
      }}
    >
      {isArchived ? say.unarchive : say.archive}
    </MenuItem>
  );
}
