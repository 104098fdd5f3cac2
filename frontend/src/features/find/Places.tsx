import { AtSign, ListFilter } from "lucide-react";
import type { ReactNode } from "react";
import type { View } from "../../address/views";
import { ViewLink } from "../../address/ViewLink";
import { useFilters, useLists, useTags } from "../../data/DataContext";
import { ColorDot } from "../../ui/ColorDot";
import { folded } from "../../ui/folded";
import * as say from "./words";

const MOST = 6;

/** Lists, tags and saved filters that are called so. */
export function Places({ text }: { text: string }) {
  const sought = folded(text.trim());
  const isCalledSo = ({ name }: { name: string }) => folded(name).split(/\s+/u).some((_, at, words) => words.slice(at).join(" ").startsWith(sought));
  const found: { view: View; name: string; sign: ReactNode }[] = [
    ...useLists().filter(isCalledSo).map((list) => ({ view: list.inbox ? { name: "inbox" as const } : { name: "list" as const, id: list.id }, name: list.name, sign: <ColorDot color={list.color} /> })),
    ...useTags().filter(isCalledSo).map(({ id, name }) => ({ view: { name: "tag" as const, id }, name, sign: <AtSign aria-hidden="true" /> })),
    ...useFilters().filter(isCalledSo).map(({ id, name }) => ({ view: { name: "filter" as const, id }, name, sign: <ListFilter aria-hidden="true" /> })),
  ];
  if (found.length === 0) return null;
  return (
    <ul aria-label={say.places} className="flex flex-wrap gap-2">
      {found.slice(0, MOST).map(({ view, name, sign }, at) => (
        <li key={at} className="min-w-0">
          <ViewLink
            view={view}
            className="inline-flex min-h-8 max-w-full items-center gap-2 rounded-full border border-line bg-raised px-3 hover:border-edge pointer-coarse:min-h-touch [&>svg]:size-4 [&>svg]:text-quiet"
          >
            {sign}
            <span className="truncate">{name}</span>
          </ViewLink>
        </li>
      ))}
    </ul>
  );
}
