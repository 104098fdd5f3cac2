import { useLayoutEffect, useRef, type ComponentProps, type RefObject } from "react";

interface Props extends Omit<ComponentProps<"textarea">, "ref"> {
  value: string;
  /** The focus comes here as it appears. */
  isFocused?: boolean;
  box?: RefObject<HTMLTextAreaElement | null>;
}

/** A box of text that is as high as what stands in it. */
export function GrowingText({ value, isFocused = false, box, className = "", ...rest }: Props) {
  const own = useRef<HTMLTextAreaElement>(null);
  const area = box ?? own;
  const focusAtFirst = useRef(isFocused);
  useLayoutEffect(() => {
    if (focusAtFirst.current) area.current?.focus();
  }, [area]);
  useLayoutEffect(() => {
    if (!growsByItself && area.current !== null) fit(area.current);
  }, [value, area]);
  return <textarea ref={area} rows={1} value={value} className={`field-sizing-content resize-none overflow-hidden ${className}`} {...rest} />;
}

/** Most browsers know how; in others it is measured, which has all of the page laid out at once. */
const growsByItself = "CSS" in globalThis && CSS.supports("field-sizing", "content");

function fit(area: HTMLTextAreaElement) {
  area.style.height = "auto";
  area.style.height = `${area.scrollHeight + area.offsetHeight - area.clientHeight}px`;
}
