import type { ReactNode } from "react";
import { ViewLink } from "../address/ViewLink";
import type { View } from "../address/views";
import { Icon, type IconName } from "../ui/Icon";
import { useAdd } from "./adding";
import * as say from "./words";

const look = "grid min-h-thumb w-full cursor-pointer place-content-center justify-items-center gap-0.5 text-xs text-quiet aria-[current]:text-accent [&>svg]:size-5";

/** Where there is no room for the sidebar: what is wanted most, where a thumb reaches it. */
export function ThumbBar({ onMenu }: { onMenu: () => void }) {
  const add = useAdd();
  return (
    <nav aria-label={say.atHand} className="fixed inset-x-0 bottom-0 z-10 border-t border-line bg-raised">
      <ul className="mx-auto grid max-w-md grid-cols-5">
        <Place view={{ name: "today" }} icon="sun">
          {say.today}
        </Place>
        <Place view={{ name: "upcoming" }} icon="days">
          {say.upcoming}
        </Place>
        <Act
          onAct={() => {
            add();
          }}
        >
          <Icon name="plus" className="rounded-full bg-accent text-on-accent" />
          {say.addTask}
        </Act>
        <Place view={{ name: "search" }} icon="search">
          {say.search}
        </Place>
        <Act opens onAct={onMenu}>
          <Icon name="menu" />
          {say.menu}
        </Act>
      </ul>
    </nav>
  );
}

function Place({ view, icon, children }: { view: View; icon: IconName; children: string }) {
  return (
    <li>
      <ViewLink view={view} className={look}>
        <Icon name={icon} />
        {children}
      </ViewLink>
    </li>
  );
}

function Act({ opens = false, onAct, children }: { opens?: boolean; onAct: () => void; children: ReactNode }) {
  return (
    <li>
      <button type="button" aria-haspopup={opens ? "dialog" : undefined} className={look} onClick={onAct}>
        {children}
      </button>
    </li>
  );
}
