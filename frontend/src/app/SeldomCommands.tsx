import { lazy, Suspense, useState } from "react";
import { sentence } from "../api/problem";
import type { User } from "../api/types";
import { useGo } from "../address/useAddress";
import { useCommands, type Command } from "../commands/useCommands";
import { usePerson } from "../data/DataContext";
import { useAsk } from "../data/useAsk";
import { changeUser } from "../features/account/session";
import { titles } from "../features/settings/titles";
import { useNotices } from "../ui/Notices";
import { patiently } from "../ui/patiently";
import { useAccounts } from "./accounts";
import type { Kind } from "./sidebar/entries";
import { newOfKind } from "./sidebar/words";
import * as say from "./words";

const EntryDialog = lazy(patiently(() => import("./sidebar/EntryDialog").then((module) => ({ default: module.EntryDialog }))));

const kinds: readonly Kind[] = ["list", "tag", "filter"];
const themes: readonly [User["theme"], string][] = [
  ["light", say.lightTheme],
  ["dark", say.darkTheme],
  ["system", say.themeOfThisDevice],
];

/** What is done too seldom to have a key: the palette knows it. */
export function SeldomCommands() {
  const go = useGo();
  const become = useThemeChange();
  const [made, setMade] = useState<Kind | null>(null);
  useCommands([
    ...kinds.map((kind): Command => ({
      id: `new ${kind}`,
      label: newOfKind(kind),
      group: say.anywhere,
      run: () => {
        setMade(kind);
      },
    })),
    ...themes.map(([theme, label]): Command => ({
      id: `theme ${theme}`,
      label,
      group: say.anywhere,
      run: () => {
        become(theme);
      },
    })),
    ...Object.entries(titles).map(([section, title]): Command => ({
      id: `settings ${section}`,
      label: say.settingsOf(title),
      group: say.goToGroup,
      run: () => {
        go.to({ name: "settings", section });
      },
    })),
  ]);
  if (made === null) return null;
  return (
    <Suspense>
      <EntryDialog
        kind={made}
        entry={null}
        onClose={() => {
          setMade(null);
        }}
      />
    </Suspense>
  );
}

/** The page changes at once. If the server does not take it, it changes back, and says why. */
function useThemeChange(): (theme: User["theme"]) => void {
  const { user } = usePerson();
  const ask = useAsk();
  const accounts = useAccounts();
  const { notify } = useNotices();
  return (theme) => {
    changeUser(accounts, user.id, { theme });
    ask("patch", "/api/me", { body: { theme } }).catch((error: unknown) => {
      changeUser(accounts, user.id, { theme: user.theme });
      notify({ about: "theme", text: say.themeNotSaved(error instanceof Error ? sentence(error) : "") });
    });
  };
}
