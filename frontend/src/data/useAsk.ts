import { useMemo } from "react";
import { askAs, type Ask } from "../api/client";
import type { User } from "../api/types";
import { usePerson } from "./DataContext";

/** Asks for whose desk this is. */
export const useAsk = (): Ask => useAskOf(usePerson().user);

/** Asks for this one and nobody else, whoever has logged in meanwhile in another tab of this browser. */
export const useAskOf = ({ id }: Pick<User, "id">): Ask => useMemo(() => askAs(id), [id]);
