import { lazy, Suspense } from "react";
import { useGo, useOpened } from "../address/useAddress";
import { useCommands } from "../commands/useCommands";
import { useMedia } from "../ui/useMedia";
import { Skeleton } from "../ui/Skeleton";
import { patiently } from "../ui/patiently";
import * as say from "./words";

const OpenTask = lazy(patiently(() => import("./OpenTask").then((module) => ({ default: module.OpenTask }))));
const Dialog = lazy(patiently(() => import("../ui/Dialog").then((module) => ({ default: module.Dialog }))));

/** The open task: beside the view where there is room, else over it. */
export function TaskAside() {
  const task = useOpened();
  const { open } = useGo();
  const hasRoom = useMedia("(min-width: 56.25rem)");
  useCommands([
    {
      id: "close task",
      label: say.closeTheTask,
      keys: ["esc"],
      group: say.tasks,
      when: () => task !== undefined,
      run: () => {
        open(null);
      },
    },
  ]);
  if (task === undefined) return null;
  const panel = (
    <Suspense
      fallback={
        <div className="px-5 pt-16">
          <Skeleton what={say.openingTheTask} />
        </div>
      }
    >
      <OpenTask id={task} />
    </Suspense>
  );
  if (hasRoom) {
    return (
      <aside aria-label={say.openTask} className="sticky top-0 h-dvh w-aside flex-none overflow-y-auto border-l border-line bg-raised">
        {panel}
      </aside>
    );
  }
  return (
    <Suspense>
      <Dialog
        title={say.task}
        bare
        place="right"
        onClose={() => {
          open(null);
        }}
      >
        {panel}
      </Dialog>
    </Suspense>
  );
}
