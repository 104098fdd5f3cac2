import { useMemo } from "react";
import { askAs, type Ask } from "../api/client";
import { usePerson } from "./DataContext";

/** Asks for whose desk this is and for nobody else, whoever has logged in meanwhile in another tab of this browser. */
export function useAsk(): Ask {
  const { id } = usePerson().user;
  return useMemo(() => askAs(id), [id]);
}
