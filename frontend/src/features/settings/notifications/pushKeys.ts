/** The browsers that are told, as they were asked for. Whether this one is, PUSH of api/push.ts keeps. */
export const BROWSERS = ["settings", "browsers"];
