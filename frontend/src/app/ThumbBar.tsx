import type { ReactNode } from "react";
import { ViewLink } from "../address/ViewLink";
import { Icon } from "../ui/Icon";
import { useAdd } from "./adding";
import * as say from "./words";

const look = "grid min-h-thumb w-full cursor-pointer place-content-center justify-items-center gap-0.5 text-xs text-quiet aria-[current]:text-accent [&>svg]:size-5";

/** Where there is no room for the sidebar: what is wanted most, where a thumb reaches it. */
export function ThumbBar({ onMenu }: { onMenu: () => void }) {
  const add = useAdd();
  return (
    <nav aria-label={say.atHand} className="fixed inset-x-0 bottom-0 z-10 border-t border-line bg-raised">
      <ul className="mx-auto grid max-w-md grid-cols-5">
        <li>
          <ViewLink view={{ name: "today" }} className={look}>
            <Icon name="sun" />
            {say.today}
          </ViewLink>
        </li>
        <li>
          <ViewLink view={{ name: "upcoming" }} className={look}>
            <Icon name="days" />
            {say.upcoming}
          </ViewLink>
        </li>
        <li>
          <Act
            onAct={() => {
              add();
            }}
          >
            <Icon name="plus" className="rounded-full bg-accent text-on-accent" />
            {say.addTask}
          </Act>
        </li>
        <li>
          <ViewLink view={{ name: "search" }} className={look}>
            <Icon name="search" />
            {say.search}
          </ViewLink>
        </li>
        <li>
          <Act opens onAct={onMenu}>
            <Icon name="menu" />
            {say.menu}
          </Act>
        </li>
      </ul>
    </nav>
  );
}

function Act({ opens = false, onAct, children }: { opens?: boolean; onAct: () => void; children: ReactNode }) {
  return (
    <button type="button" aria-haspopup={opens ? "dialog" : undefined} className={look} onClick={onAct}>
      {children}
    </button>
  );
}
