import { Plus } from "lucide-react";
import { Kbd } from "../../ui/Kbd";

/** At the end of the list, where another task would stand. */
export function AddHere({ onAdd }: { onAdd: () => void }) {
  return (
    <button
      type="button"
      onClick={onAdd}
      className="mt-1 flex min-h-10 w-full cursor-pointer items-center gap-2.5 rounded-md py-2 pr-2 pl-(--gutter) text-quiet hover:bg-wash/60 hover:text-ink pointer-coarse:min-h-touch"
    >
      <span className="grid size-6 place-items-center">
        <Plus aria-hidden="true" className="size-5 text-accent" />
      </span>
      Add a task
      <span className="pointer-coarse:hidden">
        <Kbd keys="q" />
      </span>
    </button>
  );
}
