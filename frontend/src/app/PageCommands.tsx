import { lazy, Suspense, useState } from "react";
import { useGo } from "../address/useAddress";
import type { View } from "../address/views";
import { useCommands, type Command } from "../commands/useCommands";
import { usePart } from "../ui/usePart";
import { patiently } from "../ui/patiently";
import { useAdd } from "./adding";
import { Opening } from "./Opening";
import { useSearching } from "./searching";
import { viewNames } from "./viewNames";
import * as say from "./words";

const KeySheet = lazy(patiently(() => import("../features/palette/KeySheet").then((module) => ({ default: module.KeySheet }))));

const destinations: readonly [View, string][] = [
  [{ name: "inbox" }, "i"],
  [{ name: "today" }, "t"],
  [{ name: "upcoming" }, "u"],
  [{ name: "calendar", month: null }, "c"],
  [{ name: "completed" }, "d"],
  [{ name: "recurring" }, "r"],
  [{ name: "activity" }, "a"],
  [{ name: "search" }, "f"],
  [{ name: "settings", section: null }, "s"],
];

// Fetched before they are asked for: what is typed behind their keys is sought, and not taken for other keys.
const loadPalette = async () => {
  const [{ Palette }, { SeldomCommands }] = await Promise.all([import("../features/palette/Palette"), import("./SeldomCommands")]);
  return { Palette, SeldomCommands };
};
const loadSearch = () => import("../features/find/Search");

/** What can be done wherever one is. */
export function PageCommands() {
  const go = useGo();
  const add = useAdd();
  const { search } = useSearching();
  usePart(loadSearch);
  const { Palette, SeldomCommands } = usePart(loadPalette) ?? {};
  const [areKeysShown, setKeysShown] = useState(false);
  const [palette, setPalette] = useState<{ typed: string; from: Element | null } | null>(null);
  const closePalette = () => {
    setPalette(null);
  };
  useCommands([
    {
      id: "add",
      label: say.addATask,
      keys: ["q"],
      group: say.anywhere,
      run: () => {
        add();
      },
    },
    {
      id: "search",
      label: say.search,
      keys: ["/"],
      group: say.anywhere,
      run: search,
    },
    {
      id: "palette",
      label: say.palette,
      keys: ["mod+k"],
      group: say.anywhere,
      inFields: true,
      run: () => {
        setPalette((open) => open ?? { typed: "", from: document.activeElement });
      },
    },
    {
      id: "keys",
      label: say.keys,
      keys: ["?"],
      group: say.anywhere,
      run: () => {
        setKeysShown(true);
      },
    },
    ...destinations.map(
      ([view, key]): Command => ({
        id: `go ${view.name}`,
        label: say.goToView(viewNames[view.name]),
        keys: [`g ${key}`],
        group: say.goToGroup,
        run: () => {
          if (view.name === "search") search();
          else go.to(view);
        },
      }),
    ),
  ]);
  return (
    <>
      {SeldomCommands === undefined ? null : <SeldomCommands />}
      {palette === null ? null : Palette === undefined ? (
        <Opening
          label={say.palette}
          field={say.command}
          text={palette.typed}
          from={palette.from}
          onText={(typed) => {
            setPalette({ ...palette, typed });
          }}
          onClose={closePalette}
        />
      ) : (
        <Palette begun={palette.typed} from={palette.from} onClose={closePalette} />
      )}
      <Suspense>
        {areKeysShown ? (
          <KeySheet
            onClose={() => {
              setKeysShown(false);
            }}
          />
        ) : null}
      </Suspense>
    </>
  );
}
