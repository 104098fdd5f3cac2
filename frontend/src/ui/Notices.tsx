/** Messages that belong to no place on the page. They stay until they are put away. */
import { createContext, use, useCallback, useState, type ReactNode } from "react";
import { Button } from "./Button";

export interface Notice {
  text: string;
  action?: { label: string; act: () => void };
}

const Notify = createContext<(notice: Notice) => void>(() => {
  throw new Error("There is no place for notices here.");
});

export const useNotify = () => use(Notify);

export function Notices({ children }: { children: ReactNode }) {
  const [notices, setNotices] = useState<readonly (Notice & { id: number })[]>([]);
  const notify = useCallback((notice: Notice) => {
    setNotices((before) => [
      ...before.filter(({ text }) => text !== notice.text).slice(-2),
      { ...notice, id: (before.at(-1)?.id ?? 0) + 1 },
    ]);
  }, []);
  const dismiss = (id: number) => {
    setNotices((before) => before.filter((notice) => notice.id !== id));
  };
  return (
    <Notify value={notify}>
      {children}
      <div role="alert" className="pointer-events-none fixed inset-x-0 bottom-0 z-10 mx-auto grid max-w-2xl gap-2 p-4">
        {notices.map(({ id, text, action }) => (
          <div key={id} className="pointer-events-auto flex flex-wrap items-center gap-x-3 gap-y-1 rounded-md border border-edge border-l-4 border-l-warn bg-raised px-4 py-2 shadow-lg">
            <p className="min-w-0 flex-1 basis-60 wrap-anywhere">{text}</p>
            {action === undefined ? null : (
              <Button
                onClick={() => {
                  dismiss(id);
                  action.act();
                }}
              >
                {action.label}
              </Button>
            )}
            <Button
              kind="quiet"
              onClick={() => {
                dismiss(id);
              }}
            >
              Dismiss
            </Button>
          </div>
        ))}
      </div>
    </Notify>
  );
}
