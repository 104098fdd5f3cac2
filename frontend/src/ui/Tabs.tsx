import { Tabs as Base } from "@base-ui/react/tabs";
import type { ReactNode } from "react";

interface Tab {
  id: string;
  label: ReactNode;
  content: ReactNode;
}

interface Props {
  label: string;
  tabs: readonly Tab[];
  value?: string;
  onChange?: (id: string) => void;
}

/** Several contents in one place, one of them shown. */
export function Tabs({ label, tabs, value, onChange }: Props) {
  const chosen = value === undefined ? { defaultValue: tabs[0]?.id ?? null } : { value };
  return (
    <Base.Root
      {...chosen}
      onValueChange={(id: string) => {
        onChange?.(id);
      }}
    >
      <Base.List aria-label={label} className="flex gap-4 overflow-x-auto border-b border-line">
        {tabs.map((tab) => (
          <Base.Tab
            key={tab.id}
            value={tab.id}
            className="-mb-px min-h-9 flex-none cursor-pointer border-b-2 border-transparent px-0.5 py-1.5 text-quiet hover:text-ink focus-visible:-outline-offset-2 data-active:border-accent data-active:text-ink pointer-coarse:min-h-touch"
          >
            {tab.label}
          </Base.Tab>
        ))}
      </Base.List>
      {tabs.map((tab) => (
        <Base.Panel key={tab.id} value={tab.id} className="py-3">
          {tab.content}
        </Base.Panel>
      ))}
    </Base.Root>
  );
}
