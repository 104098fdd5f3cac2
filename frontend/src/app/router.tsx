import { createBrowserHistory, createRootRoute, createRoute, createRouter, redirect, type RouteComponent } from "@tanstack/react-router";
import { shortened, whole } from "../address/longAddress";
import { paramsOf, searchOf } from "../address/params";
import { Skeleton } from "../ui/Skeleton";
import { BrokenView } from "./BrokenView";
import { places } from "./places";
import { Shell } from "./Shell";
import { UnknownView } from "./UnknownView";
import * as say from "./words";

const root = createRootRoute({ component: Shell });

const at = (path: string, component: RouteComponent) => createRoute({ getParentRoute: () => root, path, component });

const start = createRoute({
  getParentRoute: () => root,
  path: "/",
  beforeLoad: ({ search }) => {
    // eslint-disable-next-line @typescript-eslint/only-throw-error -- it is how the router is told
    throw redirect({ to: "/today", search, replace: true });
  },
});

const tree = root.addChildren([
  start,
  ...["/inbox", "/today", "/upcoming", "/list/$id", "/tag/$id", "/filter/$id"].map((path) => at(path, places.tasks)),
  at("/search", places.search),
  ...["/calendar", "/calendar/$month"].map((path) => at(path, places.calendar)),
  at("/completed", places.completed),
  at("/recurring", places.recurring),
  at("/activity", places.activity),
  ...["/settings", "/settings/$section"].map((path) => at(path, places.settings)),
  at("$", UnknownView),
]);

type Place = ReturnType<typeof createBrowserHistory>["location"];

function location(): Place {
  const { pathname, search, hash } = whole(window.location);
  // Who has left the desk came to where they are without the router.
  const state = (window.history.state as Place["state"] | null) ?? { __TSR_index: 0 };
  return { href: pathname + search + hash, pathname, search, hash, state };
}

/** One for each person who comes in, so that nothing of a view is left for the next. */
export const makeRouter = () =>
  createRouter({
    routeTree: tree,
    history: createBrowserHistory({ parseLocation: location, createHref: shortened }),
    parseSearch: paramsOf,
    stringifySearch: searchOf,
    scrollRestoration: true,
    defaultPendingMs: 200,
    defaultPendingMinMs: 0,
    defaultPendingComponent: () => <Skeleton what={say.loading} />,
    defaultErrorComponent: BrokenView,
  });
