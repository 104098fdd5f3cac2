import { describe, expect, test } from "vitest";
import { knownZones, offsetOf, zoneInWords, zoneMatches } from "./zones";

describe("time zones", () => {
  test("are called by their city first", () => {
    expect(zoneInWords("America/Argentina/Buenos_Aires")).toBe("Buenos Aires, Argentina (America)");
    expect(zoneInWords("UTC")).toBe("UTC");
  });

  test("are found however their name is written", () => {
    for (const sought of ["buenos aires", "Buenos_Aires", "america/argentina", "aires argentina", "Búenos"]) {
      expect(zoneMatches("America/Argentina/Buenos_Aires", sought)).toBe(true);
    }
    expect(zoneMatches("America/Argentina/Buenos_Aires", zoneInWords("America/Argentina/Buenos_Aires"))).toBe(true);
    expect(zoneMatches("Europe/Berlin", "new york")).toBe(false);
    expect(zoneMatches("Antarctica/Vostok", "tok")).toBe(false);
  });

  test("say how far they are from Greenwich at that moment", () => {
    expect(offsetOf("Europe/Berlin", new Date("2026-07-01T12:00:00Z"))).toBe("GMT+2");
    expect(offsetOf("Europe/Berlin", new Date("2026-12-01T12:00:00Z"))).toBe("GMT+1");
  });

  test("hold the one that is set, once, even if it has another name now", () => {
    expect(knownZones("Asia/Calcutta").filter((zone) => zone === "Asia/Calcutta")).toHaveLength(1);
    expect(knownZones("UTC").filter((zone) => zone === "UTC")).toHaveLength(1);
  });
});
