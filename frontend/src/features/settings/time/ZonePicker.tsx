import { Combobox } from "@base-ui/react/combobox";
import { useMemo, useState } from "react";
import { Field } from "../../../ui/Field";
import * as say from "./words";
import { knownZones, offsetOf, zoneInWords, zoneMatches } from "./zones";

const SHOWN = 80; // of those that match: nobody reads on

interface Props {
  value: string;
  wrong: string | undefined;
  onChange: (zone: string) => void;
}

export function ZonePicker({ value, wrong, onChange }: Props) {
  const zones = useMemo(() => knownZones(value), [value]);
  const [now] = useState(() => new Date());
  return (
    <Combobox.Root
      items={zones}
      value={value}
      itemToStringLabel={zoneInWords}
      filter={zoneMatches}
      limit={SHOWN}
      autoHighlight
      onValueChange={(zone) => {
        if (zone !== null) onChange(zone);
      }}
    >
      <Field label={say.timeZone} hint={say.zoneNow(value, offsetOf(value, now))} wrong={wrong}>
        {(told) => <Combobox.Input {...told} className="box" autoComplete="off" spellCheck={false} />}
      </Field>
      <Combobox.Portal>
        <Combobox.Positioner sideOffset={4} className="z-20 outline-none">
          <Combobox.Popup className="w-(--anchor-width) max-w-(--available-width) rounded-md border border-edge bg-raised text-ink shadow-lg">
            <Combobox.Empty className="px-3 py-2 text-sm text-quiet empty:hidden">{say.noSuchZone}</Combobox.Empty>
            <Combobox.List aria-label={say.timeZones} className="max-h-[min(20rem,var(--available-height))] overflow-y-auto overscroll-contain py-1 outline-none">
              {(zone: string) => (
                <Combobox.Item
                  key={zone}
                  value={zone}
                  className="flex min-h-9 cursor-pointer items-center justify-between gap-3 px-3 py-1 data-highlighted:bg-accent data-highlighted:text-on-accent data-selected:font-semibold pointer-coarse:min-h-11"
                >
                  <span>{zoneInWords(zone)}</span>
                  <span className="text-sm">{offsetOf(zone, now)}</span>
                </Combobox.Item>
              )}
            </Combobox.List>
          </Combobox.Popup>
        </Combobox.Positioner>
      </Combobox.Portal>
    </Combobox.Root>
  );
}
