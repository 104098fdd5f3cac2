import { lazy, Suspense, useState } from "react";
import { useGo } from "../address/useAddress";
import type { View } from "../address/views";
import { useCommands, type Command } from "../commands/useCommands";
import { usePart } from "../ui/usePart";
import { patiently } from "../ui/patiently";
import { useAdd } from "./adding";
import { viewNames } from "./viewNames";

const Palette = lazy(patiently(() => import("../features/palette/Palette").then((module) => ({ default: module.Palette }))));
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

/** Fetched before it is asked for: what is typed behind its key is sought, and not taken for other keys. */
const loadSearch = () => import("../features/find/Search");

/** What can be done wherever one is. */
export function PageCommands() {
  const go = useGo();
  const add = useAdd();
  usePart(loadSearch);
  const [shown, setShown] = useState<"palette" | "keys" | null>(null);
  const close = () => {
    setShown(null);
  };
  useCommands([
    {
      id: "add",
      label: "Add a task",
      keys: ["q"],
      group: "Anywhere",
      run: () => {
        add();
      },
    },
    {
      id: "search",
      label: "Search",
      keys: ["/"],
      group: "Anywhere",
      run: () => {
        go.to({ name: "search" });
      },
    },
    {
      id: "palette",
      label: "Go to anything, do anything",
      keys: ["mod+k"],
      group: "Anywhere",
      inFields: true,
      run: () => {
        setShown("palette");
      },
    },
    {
      id: "keys",
      label: "Keys",
      keys: ["?"],
      group: "Anywhere",
      run: () => {
        setShown("keys");
      },
    },
    ...destinations.map(
      ([view, key]): Command => ({
        id: `go ${view.name}`,
        label: `Go to ${viewNames[view.name]}`,
        keys: [`g ${key}`],
        group: "Go to",
        run: () => {
          go.to(view);
        },
      }),
    ),
  ]);
  return (
    <Suspense>
      {shown === "palette" ? <Palette onClose={close} /> : null}
      {shown === "keys" ? <KeySheet onClose={close} /> : null}
    </Suspense>
  );
}
