import { Link } from "@tanstack/react-router";
import type { MouseEventHandler, ReactNode } from "react";
import type { Params } from "./params";
import { pathOf, type View } from "./views";

interface Props {
  view: View;
  params?: Params;
  className?: string;
  onClick?: MouseEventHandler<HTMLAnchorElement>;
  children: ReactNode;
}

/** A link to a view. It knows (and says) when we are there, and fetches what the view needs when pointed at. */
export function ViewLink({ view, params = {}, ...rest }: Props) {
  return <Link to={pathOf(view)} search={params} preload="intent" activeOptions={{ includeSearch: false }} {...rest} />;
}
