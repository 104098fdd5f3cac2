import { useEffectEvent, useLayoutEffect, useRef, type ReactNode } from "react";

interface Props {
  label: string;
  /** Where the focus goes in the end. */
  from: Element | null;
  onClose: () => void;
  className?: string;
  children: ReactNode;
}

/**
 * A modal dialog to type into. The browser's own: its first field has the focus at the moment it is there, where what else
 * floats gets it a frame later, and what is typed meanwhile would be lost.
 */
export function AtOnce({ label, from, onClose, className = "", children }: Props) {
  const ref = useRef<HTMLDialogElement>(null);
  const close = useEffectEvent(onClose);
  useLayoutEffect(() => {
    const dialog = ref.current;
    if (dialog === null) return;
    const heard = new AbortController();
    dialog.addEventListener(
      "close",
      () => {
        close();
      },
      { signal: heard.signal },
    );
    dialog.showModal();
    const field = dialog.querySelector<HTMLInputElement | HTMLTextAreaElement>("input, textarea");
    field?.setSelectionRange(field.value.length, field.value.length); // to go on where it ends
    return () => {
      heard.abort();
      dialog.close(); // what lies behind it can have the focus again
      if (from instanceof HTMLElement) from.focus();
    };
  }, [from]);
  return (
    <dialog
      ref={ref}
      aria-label={label}
      closedby="any"
      className={`sheet top-[min(12dvh,6rem)] mx-auto w-[min(40rem,calc(100vw-1.5rem))] text-ink backdrop:bg-veil ${className}`}
    >
      {children}
    </dialog>
  );
}
