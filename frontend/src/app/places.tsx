/** What is shown at which view; each is fetched when somebody goes there, or is about to. */
import { lazyRouteComponent } from "@tanstack/react-router";
import type { ComponentType, ReactNode } from "react";
import { useAddress } from "../address/useAddress";
import type { View } from "../address/views";
import { usePerson } from "../data/DataContext";
import { signIn } from "../features/account/session";
import { patiently } from "../ui/patiently";
import { useAdd } from "./adding";
import { useAccounts } from "./accounts";
import { useLeaving } from "./leaving";
import { useSearching } from "./searching";

type Named<Name extends View["name"]> = Extract<View, { name: Name }>;

/** A part of the page, at the views of these names. */
function place<Name extends View["name"], Props extends object>(
  names: readonly Name[],
  load: () => Promise<ComponentType<Props>>,
  useProps: (view: Named<Name>) => Props,
) {
  // The router opens the whole page anew when it can't fetch a part, which is the end of it where there is no network.
  const fetched = () => (navigator.onLine ? load() : patiently(load)());
  const Part = lazyRouteComponent(async () => ({ default: (await fetched()) as (props: object) => ReactNode }));
  const At = ({ view }: { view: Named<Name> }) => <Part {...useProps(view)} />;
  const isHere = (view: View): view is Named<Name> => names.some((name) => name === view.name);
  const Place = () => {
    const { view } = useAddress();
    return isHere(view) ? <At view={view} /> : null;
  };
  return Object.assign(Place, { preload: () => Part.preload?.() });
}

export const places = {
  tasks: place(
    ["inbox", "today", "upcoming", "list", "tag", "filter"],
    () => import("../features/tasks/TaskView").then(({ TaskView }) => TaskView),
    (view) => ({ view }),
  ),
  search: place(
    ["search"],
    () => import("../features/find/Search").then(({ Search }) => Search),
    function useSearch() {
      return { takeBegun: useSearching().take };
    },
  ),
  calendar: place(
    ["calendar"],
    () => import("../features/calendar/Calendar").then(({ Calendar }) => Calendar),
    function useCalendar({ month }) {
      const add = useAdd();
      return {
        month,
        onAdd: (day: string) => {
          add({ day });
        },
      };
    },
  ),
  completed: place(
    ["completed"],
    () => import("../features/history/Completed").then(({ Completed }) => Completed),
    () => ({}),
  ),
  recurring: place(
    ["recurring"],
    () => import("../features/history/Recurring").then(({ Recurring }) => Recurring),
    () => ({}),
  ),
  activity: place(
    ["activity"],
    () => import("../features/history/Activity").then(({ Activity }) => Activity),
    () => ({}),
  ),
  settings: place(
    ["settings"],
    () => import("../features/settings/Settings").then(({ Settings }) => Settings),
    function useSettings({ section }) {
      const { user } = usePerson();
      const accounts = useAccounts();
      return {
        section,
        user,
        onUser: (changed: typeof user) => {
          signIn(accounts, changed);
        },
        onSignedOut: useLeaving(),
      };
    },
  ),
};
