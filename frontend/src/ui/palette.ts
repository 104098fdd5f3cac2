/** The colours a list, a tag or a filter can have. They are seen on both papers, so each is of middling lightness. */
export const palette: readonly { name: string; value: string }[] = [
  { name: "Clay", value: "#c2573a" },
  { name: "Amber", value: "#b07a1a" },
  { name: "Moss", value: "#6f8426" },
  { name: "Fern", value: "#3f8a5a" },
  { name: "Lagoon", value: "#2a8a94" },
  { name: "Sky", value: "#4680b8" },
  { name: "Iris", value: "#7a70c4" },
  { name: "Plum", value: "#a35fa3" },
  { name: "Rose", value: "#c25577" },
  { name: "Stone", value: "#7d7a72" },
];

/** A colour that came from elsewhere has no name here. */
export const nameOfColor = (value: string | null): string =>
  value === null ? "No colour" : (palette.find((color) => color.value === value)?.name ?? value);
