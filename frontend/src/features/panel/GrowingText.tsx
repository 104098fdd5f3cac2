import { useLayoutEffect, useRef, type ComponentProps } from "react";

type Props = Omit<ComponentProps<"textarea">, "ref"> & { value: string; isFocused?: boolean };

/** A box of text that is as high as what stands in it. `isFocused`: the focus comes here as it appears. */
export function GrowingText({ value, isFocused = false, className = "", ...rest }: Props) {
  const own = useRef<HTMLTextAreaElement>(null);
  const focusAtFirst = useRef(isFocused);
  useLayoutEffect(() => {
    if (focusAtFirst.current) own.current?.focus();
  }, []);
  useLayoutEffect(() => {
    const box = own.current;
    if (box === null) return;
    box.style.height = "auto";
    box.style.height = `${box.scrollHeight + box.offsetHeight - box.clientHeight}px`;
  }, [value]);
  return <textarea ref={own} rows={1} value={value} className={`resize-none overflow-hidden ${className}`} {...rest} />;
}
