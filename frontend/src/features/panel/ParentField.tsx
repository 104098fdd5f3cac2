import { Combobox } from "@base-ui/react/combobox";
import { useId, useState } from "react";
import type { Task } from "../../api/types";
import { sameItems, useData, useKnown, useTask } from "../../data/DataContext";
import { possibleParents } from "./family";
import * as say from "./words";

/** What this task is part of: found by typing among those that are open. */
export function ParentField({ task }: { task: Task }) {
  const { acts } = useData();
  const id = useId();
  const parent = useTask(task.parent);
  const [typed, setTyped] = useState<string | null>(null);
  const found = useKnown((known) => (typed === null ? [] : possibleParents(task, known.task, typed)), sameItems);
  const become = (chosen: string | null) => {
    if (chosen !== task.parent) acts.move([task.id], chosen === null ? { parent: null } : { parent: chosen, at: "last" });
  };
  return (
    <div className="grid content-start gap-1">
      <label htmlFor={id} className="text-sm text-quiet">{say.partOf}</label>
      <Combobox.Root<Task>
        items={found}
        filteredItems={found}
        value={parent ?? null}
        autoHighlight
        isItemEqualToValue={(one, other) => one.id === other.id}
        itemToStringLabel={({ title }) => title}
        onInputValueChange={(value, { reason }) => {
          if (reason === "input-change") setTyped(value);
        }}
        onOpenChange={(open) => {
          setTyped(open ? "" : null);
        }}
        onValueChange={(chosen) => {
          become(chosen?.id ?? null);
        }}
      >
        <Combobox.InputGroup className="relative">
          <Combobox.Input id={id} placeholder={say.nothing} className="box pr-10!" />
          <Combobox.Clear aria-label={say.partOfNothing} className="absolute inset-y-0 right-0 grid w-10 cursor-pointer place-items-center text-quiet hover:text-ink">
            <span aria-hidden="true">×</span>
          </Combobox.Clear>
        </Combobox.InputGroup>
        <Combobox.Portal>
          <Combobox.Positioner align="start" sideOffset={4} collisionPadding={8} className="z-20">
            <Combobox.Popup className="sheet max-h-[min(20rem,var(--available-height))] w-(--anchor-width) min-w-56 max-w-(--available-width) overflow-y-auto p-1">
              <Combobox.Empty>
                <p className="px-2.5 py-2 text-quiet empty:hidden">{say.noSuchTask}</p>
              </Combobox.Empty>
              <Combobox.List>
                {(each: Task) => (
                  <Combobox.Item key={each.id} value={each} className="choice">
                    <span className="truncate">{each.title}</span>
                  </Combobox.Item>
                )}
              </Combobox.List>
            </Combobox.Popup>
          </Combobox.Positioner>
        </Combobox.Portal>
      </Combobox.Root>
    </div>
  );
}
