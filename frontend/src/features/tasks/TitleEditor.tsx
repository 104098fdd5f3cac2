import { useRef } from "react";
import * as say from "./words";

interface Props {
  title: string;
  onSave: (title: string) => void;
  /** `byKey`: the one who typed is still here. */
  onEnd: (byKey: boolean) => void;
}

/** The title where it stands. Enter and leaving it save, Escape leaves it as it was. */
export function TitleEditor({ title, onSave, onEnd }: Props) {
  const isOver = useRef(false);
  const end = (typed: string | null, byKey: boolean) => {
    if (isOver.current) return; // it also loses the focus when it goes
    isOver.current = true;
    const wanted = typed?.trim() ?? "";
    if (wanted !== "" && wanted !== title) onSave(wanted);
    onEnd(byKey);
  };
  return (
    <input
      aria-label={say.titleOf(title)}
      // eslint-disable-next-line jsx-a11y/no-autofocus -- it is there because somebody asked to type here
      autoFocus
      defaultValue={title}
      maxLength={500}
      autoComplete="off"
      className="-my-1 -ml-1.5 w-full rounded-sm border border-edge bg-raised px-1 py-0.5"
      onFocus={(event) => {
        event.target.select();
      }}
      onBlur={(event) => {
        end(event.target.value, false);
      }}
      onKeyDown={(event) => {
        if (event.key !== "Enter" && event.key !== "Escape") return;
        if (event.nativeEvent.isComposing) return;
        event.preventDefault();
        event.stopPropagation();
        end(event.key === "Enter" ? event.currentTarget.value : null, true);
      }}
    />
  );
}
