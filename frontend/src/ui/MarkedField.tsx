import { useImperativeHandle, useRef, type ComponentProps, type ReactNode, type Ref } from "react";

/** A part of a text, [start, end), and how it is set off from the rest. An empty one shows a place. */
export interface Mark {
  start: number;
  end: number;
  /** Classes, a background among them. */
  look: string;
}

export interface MarkedFieldHandle {
  field: HTMLTextAreaElement;
  /** The mark that is drawn at this point of the window, by its place in `marks`. */
  markAt: (x: number, y: number) => number | null;
}

interface Props extends Omit<ComponentProps<"textarea">, "ref" | "value"> {
  value: string;
  /** In order, without overlap. */
  marks: readonly Mark[];
  handle?: Ref<MarkedFieldHandle>;
}

/** Every box around the text is the same in both layers, or the marks would not be under what they mark. */
const TEXT = "col-start-1 row-start-1 min-w-0 whitespace-pre-wrap wrap-anywhere px-3 py-2 leading-6 pointer-coarse:py-2.5";

/**
 * One line of text that wraps and never scrolls, with marks behind what is being typed: the layer that draws them has
 * the same text, and so makes the room that the text needs.
 */
export function MarkedField({ value, marks, handle, className = "", ...rest }: Props) {
  const field = useRef<HTMLTextAreaElement>(null);
  const layer = useRef<HTMLDivElement>(null);
  useImperativeHandle(handle, () => ({
    get field() {
      if (field.current === null) throw new Error("The field is not on the page.");
      return field.current;
    },
    markAt: (x, y) => {
      const drawn = [...(layer.current?.querySelectorAll("mark") ?? [])];
      const found = drawn.findIndex((mark) => [...mark.getClientRects()].some((box) => box.left <= x && x <= box.right && box.top <= y && y <= box.bottom));
      return found < 0 ? null : found;
    },
  }));
  return (
    <div className={`grid min-h-10 rounded-md border border-edge bg-raised focus-within:outline-2 focus-within:outline-offset-2 focus-within:outline-accent ${className}`}>
      <div ref={layer} aria-hidden="true" className={`${TEXT} pointer-events-none text-transparent select-none`}>
        {pieces(value, marks)}
        {/* A line that ends in a space, or is empty, is as high as any other. */}
        {"\u200b"}
      </div>
      <textarea
        ref={field}
        rows={1}
        value={value}
        className={`${TEXT} resize-none overflow-hidden bg-transparent outline-none placeholder:whitespace-nowrap placeholder:text-quiet`}
        {...rest}
      />
    </div>
  );
}

function pieces(text: string, marks: readonly Mark[]): ReactNode[] {
  let at = 0;
  const drawn = marks.flatMap(({ start, end, look }) => {
    const between = text.slice(at, start);
    at = end;
    return [
      between,
      <mark key={`${start}-${end}`} className={`rounded-xs text-transparent ${look}`}>
        {text.slice(start, end)}
      </mark>,
    ];
  });
  return [...drawn, text.slice(at)];
}
