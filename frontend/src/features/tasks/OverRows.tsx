import { lazy, Suspense } from "react";
import { patiently } from "../../ui/patiently";
import { usePart } from "../../ui/usePart";
import type { ListActs } from "./useListActs";

const BulkBar = lazy(patiently(() => import("./BulkBar").then((module) => ({ default: module.BulkBar }))));
const loadMenus = () => import("./menus/TaskMenus");

/** What comes up over the rows: the bar of the selected ones, and the menus. */
export function OverRows({ list, locale }: { list: ListActs; locale: string }) {
  const TaskMenus = usePart(loadMenus)?.default;
  const { selected, select } = list.selection;
  const { opened, setOpened, back, doing } = list;
  return (
    <>
      {selected.size === 0 ? null : (
        <Suspense>
          <BulkBar
            ids={[...selected]}
            locale={locale}
            doing={doing}
            onMenu={(kind, anchor) => {
              setOpened({ kind, ids: [...selected], anchor });
            }}
            onClear={() => {
              select(new Set());
              back()?.focus({ preventScroll: true }); // before the bar goes, and takes the focus with it
            }}
          />
        </Suspense>
      )}
      {opened === null || TaskMenus === undefined ? null : (
        <TaskMenus
          key={opened.kind}
          opened={opened}
          doing={doing}
          onOther={(kind) => {
            setOpened({ ...opened, kind });
          }}
          onClose={() => {
            setOpened(null);
          }}
          back={back}
          onEdit={list.edit}
          onSelect={list.toggle}
          onStep={list.step}
          stepsFrom={list.stepsFrom}
          onRemove={doing.remove}
        />
      )}
    </>
  );
}
