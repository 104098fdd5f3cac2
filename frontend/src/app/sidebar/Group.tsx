import { lazy, Suspense, useId, useState, type ReactNode } from "react";
import { Icon } from "../../ui/Icon";
import { useData } from "../../data/DataContext";
import { IconButton } from "../../ui/IconButton";
import { patiently } from "../../ui/patiently";
import type { Kind } from "./entries";
import * as say from "./words";

/** Fetched when somebody points at what can be dragged. */
const loadDragging = () => import("./dragging");

const EntryDialog = lazy(patiently(() => import("./EntryDialog").then((module) => ({ default: module.EntryDialog }))));

interface Props {
  kind: Kind;
  title: string;
  children: ReactNode;
}

/** Lists, tags or filters under a heading that folds them away; this browser remembers which. */
export function Group({ kind, title, children }: Props) {
  const data = useData();
  const id = useId();
  const place = `folded-${kind}`;
  const [isFolded, setFolded] = useState(() => localStorage.getItem(place) !== null);
  const [isAdding, setAdding] = useState(false);
  const fold = () => {
    if (isFolded) localStorage.removeItem(place);
    else localStorage.setItem(place, "yes");
    setFolded(!isFolded);
  };
  return (
    <div>
      <div className="flex items-center">
        <button
          type="button"
          aria-expanded={!isFolded}
          aria-controls={id}
          onClick={fold}
          className="flex min-h-8 flex-1 cursor-pointer items-center gap-1 rounded-md px-2 text-sm text-quiet hover:text-ink pointer-coarse:min-h-touch"
        >
          <Icon name="chevron" className={`size-4 transition-transform ${isFolded ? "" : "rotate-90"}`} />
          {title}
        </button>
        <IconButton
          label={say.newOfKind(kind)}
          aria-haspopup="dialog"
          className="[&>svg]:size-4"
          onClick={() => {
            setAdding(true);
          }}
        >
          <Icon name="plus" />
        </IconButton>
      </div>
      <ul
        id={id}
        hidden={isFolded}
        onPointerOver={({ target }) => {
          if (kind === "tag") return;
          loadDragging().then(
            ({ hold }) => {
              hold(target, kind, data);
            },
            () => undefined, // there is no network, and the menus do the same
          );
        }}
      >
        {children}
      </ul>
      {isAdding ? (
        <Suspense>
          <EntryDialog
            kind={kind}
            entry={null}
            onClose={() => {
              setAdding(false);
            }}
          />
        </Suspense>
      ) : null}
    </div>
  );
}
