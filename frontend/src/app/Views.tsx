import { viewNames, type View } from "../features/tasks/views";
import { goTo } from "./address";

const addresses: Record<View, string> = { open: "/", finished: "/?view=finished" };

export function Views({ current }: { current: View }) {
  return (
    <nav aria-label="Views" className="mb-6 flex gap-6 border-b border-line">
      {(Object.keys(addresses) as View[]).map((view) => (
        <a
          key={view}
          href={addresses[view]}
          aria-current={view === current ? "page" : undefined}
          className="-mb-px border-b-2 border-transparent py-2 text-quiet hover:text-ink aria-[current]:border-accent aria-[current]:text-ink"
          onClick={(event) => {
            if (event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return;
            event.preventDefault();
            goTo(addresses[view]);
          }}
        >
          {viewNames[view]}
        </a>
      ))}
    </nav>
  );
}
