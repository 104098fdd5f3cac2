import { useImperativeHandle, useLayoutEffect, useRef, type ComponentProps, type RefObject } from "react";

interface Props extends Omit<ComponentProps<"textarea">, "ref"> {
  value: string;
  /** The focus comes here as it appears. */
  isFocused?: boolean;
  box?: RefObject<HTMLTextAreaElement | null>;
}

/** A box of text that is as high as what stands in it. */
export function GrowingText({ value, isFocused = false, box, className = "", ...rest }: Props) {
  const own = useRef<HTMLTextAreaElement>(null);
  const focusAtFirst = useRef(isFocused);
  useImperativeHandle(box, () => own.current as HTMLTextAreaElement, []);
  useLayoutEffect(() => {
    if (focusAtFirst.current) own.current?.focus();
  }, []);
  useLayoutEffect(() => {
    const area = own.current;
    if (area === null) return;
    area.style.height = "auto";
    area.style.height = `${area.scrollHeight + area.offsetHeight - area.clientHeight}px`;
  }, [value]);
  return <textarea ref={own} rows={1} value={value} className={`resize-none overflow-hidden ${className}`} {...rest} />;
}
