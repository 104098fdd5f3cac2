/** Which device a session is on, as far as its browser said. */

// The first that fits: most browsers call themselves by the names of others as well.
const browsers: readonly [RegExp, string][] = [
  [/EdgA?\/|EdgiOS\//, "Edge"],
  [/OPR\/|OPiOS\//, "Opera"],
  [/SamsungBrowser\//, "Samsung Internet"],
  [/Vivaldi\//, "Vivaldi"],
  [/FxiOS\/|Firefox\//, "Firefox"],
  [/CriOS\/|Chrom(e|ium)\/|HeadlessChrome\//, "Chrome"],
  [/Version\/.* Safari\//, "Safari"],
];

const systems: readonly [RegExp, string][] = [
  [/iPhone/, "an iPhone"],
  [/iPad/, "an iPad"],
  [/Android/, "Android"],
  [/CrOS/, "a Chromebook"],
  [/Windows/, "Windows"],
  [/Macintosh|Mac OS X/, "a Mac"],
  [/Linux|X11/, "Linux"],
];

/** "Firefox on Linux"; what names itself otherwise, as it does: "curl/8.5.0". */
export function deviceInWords(userAgent: string): string {
  const browser = firstOf(browsers, userAgent);
  const system = firstOf(systems, userAgent);
  if (browser !== undefined) return system === undefined ? browser : `${browser} on ${system}`;
  if (system !== undefined) return `A browser on ${system}`;
  return userAgent === "" ? "An unknown device" : userAgent;
}

const firstOf = (known: readonly [RegExp, string][], said: string): string | undefined => known.find(([pattern]) => pattern.test(said))?.[1];
