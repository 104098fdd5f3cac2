/** All sections, in the order in which they stand; each has an address of its own, /settings/<id>. */
import { lazy, type ComponentType } from "react";
import { patiently } from "../../ui/patiently";
import { About } from "./About";
import { DeleteAccount } from "./leaving/DeleteAccount";
import { Export } from "./leaving/Export";
import { Appearance } from "./person/Appearance";
import { Profile } from "./person/Profile";
import { Password } from "./security/Password";
import { Provider } from "./security/Provider";
import { Sessions } from "./security/Sessions";
import { titles } from "./titles";
import * as say from "./words";

export interface Section {
  id: string;
  title: string;
  Content: ComponentType;
}

export interface Group {
  name: string;
  sections: readonly Section[];
}

export const groups: readonly Group[] = [
  {
    name: say.you,
    sections: [
      { id: "profile", title: titles.profile, Content: Profile },
      { id: "time", title: titles.time, Content: lazy(patiently(() => import("./time/TimeAndLanguage"))) },
      { id: "appearance", title: titles.appearance, Content: Appearance },
      { id: "notifications", title: titles.notifications, Content: lazy(patiently(() => import("./notifications/Notifications"))) },
    ],
  },
  {
    name: say.loggingIn,
    sections: [
      { id: "password", title: titles.password, Content: Password },
      { id: "two-step", title: titles["two-step"], Content: lazy(patiently(() => import("./security/TwoStep"))) },
      { id: "provider", title: titles.provider, Content: Provider },
      { id: "sessions", title: titles.sessions, Content: Sessions },
    ],
  },
  {
    name: say.programs,
    sections: [
      { id: "tokens", title: titles.tokens, Content: lazy(patiently(() => import("./programs/Tokens"))) },
      { id: "webhooks", title: titles.webhooks, Content: lazy(patiently(() => import("./webhooks/Webhooks"))) },
    ],
  },
  {
    name: say.yourData,
    sections: [
      { id: "export", title: titles.export, Content: Export },
      { id: "delete", title: titles.delete, Content: DeleteAccount },
      { id: "about", title: titles.about, Content: About },
    ],
  },
];

export const sectionAt = (id: string | null): Section | undefined => groups.flatMap(({ sections }) => sections).find((section) => section.id === id);
