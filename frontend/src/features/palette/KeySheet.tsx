import { Fragment, useState } from "react";
import { useRegistry } from "../../commands/CommandsProvider";
import type { Command } from "../../commands/Registry";
import { Dialog } from "../../ui/Dialog";
import { Kbd } from "../../ui/Kbd";
import * as say from "./words";

/** Which key does what, here and now. */
export function KeySheet({ onClose }: { onClose: () => void }) {
  const registry = useRegistry();
  const [groups] = useState(() => grouped(registry.all()));
  return (
    <Dialog title={say.keys} width="wide" onClose={onClose}>
      <div className="columns-1 gap-8 sm:columns-2">
        {groups.map(([group, lines]) => (
          <section key={group} className="mb-5 break-inside-avoid">
            <h3 className="mb-1 text-sm font-semibold text-quiet">{group}</h3>
            <dl className="grid grid-cols-[1fr_auto] items-center gap-x-4 gap-y-0.5">
              {lines.map(([label, keys]) => (
                <Fragment key={label}>
                  <dt>{label}</dt>
                  <dd className="flex flex-wrap justify-end gap-x-2">
                    {keys.map((key, place) => (
                      <Fragment key={key}>
                        {place === 0 ? null : <span className="text-sm text-quiet">{say.or}</span>}
                        <Kbd keys={key} stays />
                      </Fragment>
                    ))}
                  </dd>
                </Fragment>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  );
}

type Lines = [label: string, keys: string[]][];

/** Under their headings, the most of them last, so that columns come out even; what does the same stands in one line. */
function grouped(commands: readonly Command[]): [group: string, lines: Lines][] {
  const groups = new Map<string, Map<string, string[]>>();
  for (const { group, label, keys } of commands) {
    if (keys === undefined || keys.length === 0) continue;
    const lines = groups.get(group) ?? new Map<string, string[]>();
    groups.set(group, lines.set(label, [...(lines.get(label) ?? []), ...keys]));
  }
  const longest = Math.max(...[...groups.values()].map(({ size }) => size));
  const isLongest = ([, { size }]: [string, Map<string, string[]>]) => Number(size === longest);
  return [...groups].sort((one, other) => isLongest(one) - isLongest(other)).map(([group, lines]) => [group, [...lines]]);
}
