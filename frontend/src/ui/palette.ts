import * as say from "./words";

/** The colours a list, a tag or a filter can have. They are seen on both papers, so each is of middling lightness. */
export const palette: readonly { name: string; value: string }[] = [
  { name: say.clay, value: "#c2573a" },
  { name: say.amber, value: "#b07a1a" },
  { name: say.moss, value: "#6f8426" },
  { name: say.fern, value: "#3f8a5a" },
  { name: say.lagoon, value: "#2a8a94" },
  { name: say.sky, value: "#4680b8" },
  { name: say.iris, value: "#7a70c4" },
  { name: say.plum, value: "#a35fa3" },
  { name: say.rose, value: "#c25577" },
  { name: say.stone, value: "#7d7a72" },
];
