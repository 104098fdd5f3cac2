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
    name: "You",
    sections: [
      { id: "profile", title: "Profile", Content: Profile },
      { id: "time", title: "Time and language", Content: lazy(patiently(() => import("./time/TimeAndLanguage"))) },
      { id: "appearance", title: "Appearance", Content: Appearance },
      { id: "notifications", title: "Notifications", Content: lazy(patiently(() => import("./notifications/Notifications"))) },
    ],
  },
  {
    name: "Logging in",
    sections: [
      { id: "password", title: "Password", Content: Password },
      { id: "two-step", title: "Two-step login", Content: lazy(patiently(() => import("./security/TwoStep"))) },
      { id: "provider", title: "Sign-in provider", Content: Provider },
      { id: "sessions", title: "Devices", Content: Sessions },
    ],
  },
  {
    name: "Programs",
    sections: [
      { id: "tokens", title: "API tokens", Content: lazy(patiently(() => import("./programs/Tokens"))) },
      { id: "webhooks", title: "Webhooks", Content: lazy(patiently(() => import("./webhooks/Webhooks"))) },
    ],
  },
  {
    name: "Your data",
    sections: [
      { id: "export", title: "Export", Content: Export },
      { id: "delete", title: "Delete account", Content: DeleteAccount },
      { id: "about", title: "About", Content: About },
    ],
  },
];

export const sectionAt = (id: string | null): Section | undefined => groups.flatMap(({ sections }) => sections).find((section) => section.id === id);
