/** What can be done with a row. One object for all rows of a view, so that none of them is drawn again for it. */
import { useLayoutEffect, useState } from "react";
import type { MenuKind } from "./menus/kinds";

export interface Hands {
  open: (id: string) => void;
  tick: (id: string, done: boolean) => void;
  /** By the key of its row; null when it is over, after which the focus may go back to the title. */
  edit: (key: string | null, goBack?: boolean) => void;
  rename: (id: string, title: string) => void;
  fold: (id: string) => void;
  menu: (kind: MenuKind, id: string, anchor: Element) => void;
  /** A click on a row: true if it was for the selection. */
  pick: (id: string, how: { shiftKey: boolean; ctrlKey: boolean; metaKey: boolean }) => boolean;
  focus: (key: string) => void;
}

/** The same hands for as long as the view is there, doing what is right by now. */
export function useSteady(now: Hands): Hands {
  const [{ hands, become }] = useState(() => steadyHands(now));
  useLayoutEffect(() => {
    become(now);
  });
  return hands;
}

function steadyHands(first: Hands) {
  let now = first;
  const hands: Hands = {
    open: (id) => {
      now.open(id);
    },
    tick: (id, done) => {
      now.tick(id, done);
    },
    edit: (key, goBack) => {
      now.edit(key, goBack);
    },
    rename: (id, title) => {
      now.rename(id, title);
    },
    fold: (id) => {
      now.fold(id);
    },
    menu: (kind, id, anchor) => {
      now.menu(kind, id, anchor);
    },
    pick: (id, how) => now.pick(id, how),
    focus: (key) => {
      now.focus(key);
    },
  };
  return {
    hands,
    become: (next: Hands) => {
      now = next;
    },
  };
}
