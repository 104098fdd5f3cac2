import { Outlet } from "@tanstack/react-router";
import type { KeyboardEvent, Ref } from "react";
import { useIsHere } from "../address/useIsHere";
import { FIELDS } from "../commands/CommandsProvider";
import { MeantContext } from "../commands/useCommands";
import { AboveTasks } from "./AboveTasks";
import { OfflineNote } from "./DeskState";

/** What is shown. Who has gone on from it, but is faster than the network, does nothing to it any more. */
export function View({ ref }: { ref: Ref<HTMLElement> }) {
  const isHere = useIsHere();
  const leaveAlone = (event: KeyboardEvent) => {
    // The page's own commands are other keys; these are for what has the focus, unless they are letters.
    if (isHere() || (event.target as Element).matches(FIELDS) || !(event.key === " " || event.key === "Enter" || event.altKey)) return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <main ref={ref} id="main" tabIndex={-1} className="view pb-24 outline-none" onKeyDownCapture={leaveAlone}>
      <OfflineNote />
      <MeantContext value={isHere}>
        <AboveTasks />
        <Outlet />
      </MeantContext>
    </main>
  );
}
