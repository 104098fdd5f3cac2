/** The fields that two people may both have changed (data/deeds.ts). */
const names: Readonly<Record<string, string>> = {
  title: "Title",
  notes: "Notes",
  due: "Due date",
  zone: "Time zone",
  text: "Comment",
  name: "Name",
  query: "Filter",
};

export const fieldsInWords = (field: string): string => names[field] ?? field;

export const valueInWords = (value: unknown): string => (typeof value === "string" && value !== "" ? value.replace(/^(\d{4}-\d\d-\d\d)T(\d\d:\d\d).*$/, "$1, $2") : "–");
