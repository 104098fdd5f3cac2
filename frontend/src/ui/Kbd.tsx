import { keysInWords } from "./keysInWords";

/** Keys as they are pressed: "g t" one after the other, "mod+k" together. */
export function Kbd({ keys }: { keys: string }) {
  return (
    <span className="inline-flex flex-none items-center gap-1 text-quiet">
      {keysInWords(keys).map((press, place) => (
        <kbd key={place} className="min-w-5 rounded-sm border border-line bg-paper px-1 text-center font-sans text-xs leading-5">
          {press}
        </kbd>
      ))}
    </span>
  );
}
