import { lazy, Suspense, useState } from "react";
import { ViewLink } from "../../address/ViewLink";
import { ColorDot } from "../../ui/ColorDot";
import { dropTarget } from "../../ui/dropTarget";
import { Icon } from "../../ui/Icon";
import { IconButton } from "../../ui/IconButton";
import { patiently } from "../../ui/patiently";
import { Count } from "./Count";
import type { Entry, Kind } from "./entries";
import * as say from "./words";

const EntryMenu = lazy(patiently(() => import("./EntryMenu").then((module) => ({ default: module.EntryMenu }))));

interface Props {
  kind: Kind;
  entry: Entry;
  count?: number | undefined;
  above?: string | undefined;
  below?: string | undefined;
}

/** One list, tag or filter: the way to it, and what can be done with it. */
export function EntryRow({ kind, entry, count, above, below }: Props) {
  const [isAsked, setAsked] = useState(false);
  const label = say.moreFor(entry.name);
  const className = "more absolute top-0 right-0 [&>svg]:size-4";
  const button = (
    <IconButton
      label={label}
      className={className}
      aria-haspopup="menu"
      onClick={() => {
        setAsked(true);
      }}
    >
      <Icon name="dots" />
    </IconButton>
  );
  return (
    <li
      data-entry={above === undefined && below === undefined ? undefined : entry.id}
      {...(kind === "filter" ? {} : dropTarget({ kind, id: entry.id }))}
      className="group relative rounded-md data-over:bg-tint data-over:outline-2 data-over:outline-accent data-[edge=above]:shadow-[0_-2px_var(--color-accent)] data-[edge=below]:shadow-[0_2px_var(--color-accent)]"
    >
      <ViewLink view={{ name: kind, id: entry.id }} className="place pr-9">
        <ColorDot color={entry.color} className="mx-1" />
        <span className="min-w-0 flex-1 truncate">{entry.name}</span>
        <Count of={count} />
      </ViewLink>
      {isAsked ? (
        <Suspense fallback={button}>
          <EntryMenu kind={kind} entry={entry} above={above} below={below} label={label} className={className} />
        </Suspense>
      ) : (
        button
      )}
    </li>
  );
}
