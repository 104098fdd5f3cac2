import { keysInWords } from "./keysInWords";

interface Props {
  keys: string;
  /** They are what is asked for, and no hint beside something that a finger reaches anyway. */
  stays?: boolean;
}

/** Keys as they are pressed: "g t" one after the other, "mod+k" together. */
export function Kbd({ keys, stays = false }: Props) {
  return (
    <span className={`inline-flex flex-none items-center gap-1 text-quiet ${stays ? "" : "pointer-coarse:hidden"}`}>
      {keysInWords(keys).map((press, place) => (
        <kbd key={place} className="min-w-5 rounded-sm border border-line bg-paper px-1 text-center font-sans text-xs leading-5">
          {press}
        </kbd>
      ))}
    </span>
  );
}
