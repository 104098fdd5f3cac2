export const TOKENS = ["settings", "tokens"];
