import type { View } from "./known";

export type { View };
export const viewNames: Record<View, string> = { open: "To do", finished: "Finished" };
