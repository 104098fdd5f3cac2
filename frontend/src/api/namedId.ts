import { v5 } from "uuid";

/** The id of what another thing has at most one of, and so the same wherever it is made. */
export const namedId = (of: string, name: string): string => v5(name, of);
