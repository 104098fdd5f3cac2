export const PUSH = ["settings", "push"];
export const BROWSERS = ["settings", "browsers"];
