import { useCounted, useData } from "../../data/DataContext";
import { Button } from "../../ui/Button";
import { dropTarget } from "../../ui/dropTarget";
import { numberInWords } from "../../ui/inWords";
import { openOf, type Group } from "./groups";
import * as say from "./words";

/** A heading of a group; a free day's is faint. What is overdue, and is not finished meanwhile, can be given another day as a whole. */
export function GroupHead({ group, locale, onReschedule }: { group: Group; locale: string; onReschedule: (ids: readonly string[], anchor: Element) => void }) {
  const data = useData();
  const isFree = group.tasks.length === 0;
  const isLate = group.isLate === true;
  const count = useCounted((known) => (isLate ? openOf(group.tasks, known).length : group.tasks.length));
  return (
    <div
      {...(group.day === undefined ? {} : dropTarget({ kind: "day", id: group.day }))}
      className={`flex flex-wrap items-baseline gap-x-3 rounded-md border-b border-line px-2 pt-5 pb-1 data-over:bg-tint ${isFree ? "pt-3" : ""}`}
    >
      <h2 className={isFree ? "text-sm text-quiet" : `font-semibold ${isLate ? "text-warn" : ""}`}>{group.title}</h2>
      {isFree ? null : (
        <span className="text-sm text-quiet">
          {numberInWords(count, locale)}
          <span className="sr-only"> {say.tasksAfterIt}</span>
        </span>
      )}
      {isLate && count > 0 ? (
        <Button
          kind="quiet"
          className="ml-auto min-h-7! py-0! pointer-coarse:min-h-touch!"
          aria-haspopup="dialog"
          onClick={(event) => {
            onReschedule(openOf(group.tasks, data.known()), event.currentTarget);
          }}
        >
          {say.reschedule}
        </Button>
      ) : null}
    </div>
  );
}
