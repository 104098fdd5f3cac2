import { ListFilter } from "lucide-react";
import { useRef, useState } from "react";
import { flushSync } from "react-dom";
import { useAddress } from "../../address/useAddress";
import { useCommands } from "../../commands/useCommands";
import { Button } from "../../ui/Button";
import { Kbd } from "../../ui/Kbd";
import type { MarkedFieldHandle } from "../../ui/MarkedField";
import { FilterField } from "./FilterField";
import * as say from "./words";

interface Props {
  /** The filter that is applied; on a saved filter's view, "" is as it is saved. */
  value: string;
  onChange: (value: string) => void;
}

/** Narrows a view in the filter language. It is a button until it is wanted. */
export function FilterBar({ value, onChange }: Props) {
  const { view } = useAddress();
  const [isWanted, setWanted] = useState(false);
  const handle = useRef<MarkedFieldHandle>(null);
  const button = useRef<HTMLButtonElement>(null);
  function begin() {
    flushSync(() => {
      setWanted(true);
    });
    handle.current?.field.focus();
  }
  useCommands([{ id: "find.filter", label: say.filterThisView, keys: ["f"], group: say.find, run: begin }]);

  if (isWanted || value !== "" || view.name === "filter") {
    return (
      <FilterField
        value={value}
        onChange={onChange}
        handle={handle}
        onLeave={() => {
          flushSync(() => {
            setWanted(false);
          });
          button.current?.focus();
        }}
      />
    );
  }
  return (
    <Button ref={button} kind="quiet" className="inline-flex items-center gap-2 justify-self-start pointer-coarse:min-h-touch" onClick={begin}>
      <ListFilter aria-hidden="true" className="size-4" />
      <span>
        {say.filter}<span className="sr-only"> {say.thisView}</span>
      </span>
      <span aria-hidden="true">
        <Kbd keys="f" />
      </span>
    </Button>
  );
}
