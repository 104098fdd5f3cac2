/** What each section of the settings is called, by its place in the address: to be had without the sections themselves. */
import * as say from "./words";

export const titles = {
  profile: say.profile,
  time: say.timeAndLanguage,
  appearance: say.appearance,
  notifications: say.notifications,
  password: say.password,
  "two-step": say.twoStepLogin,
  provider: say.signInProvider,
  sessions: say.devices,
  tokens: say.apiTokens,
  webhooks: say.webhooks,
  export: say.exporting,
  delete: say.deleteAccount,
  about: say.about,
} as const;
