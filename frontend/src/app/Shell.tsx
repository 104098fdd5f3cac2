import { lazy, Suspense, useRef, useState } from "react";
import { useAddress } from "../address/useAddress";
import { useMedia } from "../ui/useMedia";
import { patiently } from "../ui/patiently";
import { Adding } from "./adding";
import { DeskFoot, DeskState } from "./DeskState";
import { Header } from "./Header";
import { PageCommands } from "./PageCommands";
import { Searching } from "./searching";
import { Sidebar } from "./sidebar/Sidebar";
import { TaskAside } from "./TaskAside";
import { useTitle } from "./useTitle";
import { View } from "./View";
import * as say from "./words";

const Drawer = lazy(patiently(() => import("./Drawer").then((module) => ({ default: module.Drawer }))));

const ThumbBar = lazy(patiently(() => import("./ThumbBar").then((module) => ({ default: module.ThumbBar }))));

const Toasts = lazy(patiently(() => import("../features/waiting/Toasts").then((module) => ({ default: module.Toasts }))));

/** The frame around every view. The window scrolls; what stands beside the view stays, and scrolls by itself. */
export function Shell() {
  const { view } = useAddress();
  const isWide = useMedia("(min-width: 64rem)");
  const main = useRef<HTMLElement>(null);
  const [isMenuOpen, setMenuOpen] = useState(false);
  const title = useTitle(view);
  const sidebar = <Sidebar foot={<DeskFoot />} />;
  return (
    <Adding>
      <title>{title === null ? "Taskora" : say.pageTitle(title)}</title>
      <Searching>
        <PageCommands />
        <a
          href="#main"
          onClick={(event) => {
            event.preventDefault(); // what is selected may stand behind the hash
            main.current?.focus();
          }}
          className="sr-only focus:not-sr-only focus:fixed focus:top-2 focus:left-2 focus:z-30 focus:rounded-md focus:bg-raised focus:px-4 focus:py-2 focus:shadow-float"
        >
          {say.skipToTasks}
        </a>
        <div className="mx-auto flex max-w-480 border-line min-[120rem]:border-x">
          {isWide ? (
            <aside aria-label={say.sidebar} className="sticky top-0 h-dvh w-side flex-none overflow-y-auto border-r border-line bg-sunken">
              {sidebar}
            </aside>
          ) : null}
          {isMenuOpen && !isWide ? (
            <Suspense>
              <Drawer
                onClose={() => {
                  setMenuOpen(false);
                }}
              >
                {sidebar}
              </Drawer>
            </Suspense>
          ) : null}
          <div className="min-w-0 flex-1">
            <Header title={title}>
              <DeskState />
            </Header>
            <View ref={main} />
          </div>
          <TaskAside />
        </div>
        <Suspense>
          {isWide ? null : (
            <ThumbBar
              onMenu={() => {
                setMenuOpen(true);
              }}
            />
          )}
          <Toasts />
        </Suspense>
      </Searching>
    </Adding>
  );
}
