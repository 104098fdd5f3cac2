/** Time zones as people look for them: by city, by region, by how far from Greenwich. */

/** All that this browser knows, and the one that is set, should it be unknown here. */
export function knownZones(current: string): string[] {
  return [...new Set(["UTC", current, ...Intl.supportedValuesOf("timeZone")])].sort((a, b) => a.localeCompare(b, "en"));
}

/** "Buenos Aires, Argentina (America)". */
export function zoneInWords(zone: string): string {
  const [region = zone, ...places] = zone.replaceAll("_", " ").split("/");
  return places.length === 0 ? region : `${places.reverse().join(", ")} (${region})`;
}

/** How far its clocks are from Greenwich at this moment: "GMT+1". */
export function offsetOf(zone: string, now: Date): string {
  const parts = new Intl.DateTimeFormat("en-GB", { timeZone: zone, timeZoneName: "shortOffset" }).formatToParts(now);
  return parts.find(({ type }) => type === "timeZoneName")?.value ?? "";
}

/** All that is looked for begins a word of its name, however it is written. */
export function zoneMatches(zone: string, sought: string): boolean {
  const name = ` ${plain(zone)}`;
  return plain(sought)
    .split(" ")
    .every((word) => name.includes(` ${word}`));
}

const plain = (text: string): string =>
  text
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, " ")
    .trim();
