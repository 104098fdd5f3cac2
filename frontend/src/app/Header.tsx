import { useEffect, useRef, type ReactNode } from "react";
import { useAddress } from "../address/useAddress";
import { pathOf } from "../address/views";
import { Icon } from "../ui/Icon";
import { IconButton } from "../ui/IconButton";
import { useSearching } from "./searching";
import * as say from "./words";

interface Props {
  /** Null while nobody knows what it is called. */
  title: string | null;
  /** What is said about the page as a whole: the connection, what waits, notifications. */
  children: ReactNode;
}

function Unnamed() {
  return (
    <span className="inline-block h-6 w-40 max-w-full rounded-md bg-line align-middle">
      <span className="sr-only">{say.loading}</span>
    </span>
  );
}

/** What is shown, and how the page is. The heading has the focus after somebody has come here by a link or a key. */
export function Header({ title, children }: Props) {
  const { search } = useSearching();
  const { view } = useAddress();
  // Another month is the same place: who turns to it has the focus on a day, or on the button.
  const path = pathOf(view.name === "calendar" ? { ...view, month: null } : view);
  const heading = useRef<HTMLHeadingElement>(null);
  const last = useRef(path);
  useEffect(() => {
    if (last.current === path) return;
    last.current = path;
    // Who comes to search comes to type, and has the focus where that is done.
    if (view.name !== "search") heading.current?.focus({ preventScroll: true });
  }, [path, view.name]);
  return (
    <header className="view sticky top-0 z-10 flex min-h-14 items-center gap-2 border-b border-transparent bg-paper/95 py-2">
      <h1 ref={heading} tabIndex={-1} className="min-w-0 flex-1 truncate font-display text-2xl outline-none">
        {title ?? <Unnamed />}
      </h1>
      {children}
      <IconButton
        label={say.search}
        className="max-lg:hidden"
        onClick={search}
      >
        <Icon name="search" />
      </IconButton>
    </header>
  );
}
