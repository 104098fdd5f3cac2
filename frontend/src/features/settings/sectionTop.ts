/** Where the focus goes when what had it is no longer there: to the heading of the section. */
import { createContext, use } from "react";

export const SectionTopContext = createContext<() => void>(() => undefined);

export const useSectionTop = (): (() => void) => use(SectionTopContext);
