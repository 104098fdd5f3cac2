import { AtOnce } from "../ui/AtOnce";
import * as say from "./words";

interface Props {
  label: string;
  /** What is typed into. */
  field: string;
  text: string;
  from: Element | null;
  onText: (text: string) => void;
  onClose: () => void;
}

/** Somebody was quicker than the network: what they type meanwhile is taken over, and not taken for keys. */
export function Opening({ label, field, text, from, onText, onClose }: Props) {
  return (
    <AtOnce label={label} from={from} className="p-4" onClose={onClose}>
      <input
        aria-label={field}
        className="box"
        autoComplete="off"
        value={text}
        onChange={({ target }) => {
          onText(target.value);
        }}
      />
      <p className="mt-2 text-sm text-quiet">{say.openingPart}</p>
    </AtOnce>
  );
}
