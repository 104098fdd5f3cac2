/** Messages that belong to no place on the page. They stay until they are put away. */
import { createContext, use, useCallback, useMemo, useState, type ReactNode } from "react";
import { Button } from "./Button";
import * as say from "./words";

export interface Notice {
  /** A later notice about the same takes its place. */
  about: string;
  text: string;
  action?: { label: string; act: () => void };
}

interface Board {
  notify: (notice: Notice) => void;
  /** What was said about this is no longer so. */
  withdraw: (about: string) => void;
}

const BoardContext = createContext<Board | null>(null);

export function useNotices(): Board {
  const board = use(BoardContext);
  if (board === null) throw new Error("There is no place for notices here.");
  return board;
}

export function Notices({ children }: { children: ReactNode }) {
  const [notices, setNotices] = useState<readonly Notice[]>([]);
  const withdraw = useCallback((about: string) => {
    setNotices((before) => before.filter((notice) => notice.about !== about));
  }, []);
  const notify = useCallback((notice: Notice) => {
    setNotices((before) => [...before.filter(({ about }) => about !== notice.about), notice]);
  }, []);
  const board = useMemo(() => ({ notify, withdraw }), [notify, withdraw]);
  return (
    <BoardContext value={board}>
      {children}
      <div role="alert" className="pointer-events-none fixed inset-x-0 bottom-0 z-20 max-lg:bottom-thumb mx-auto grid max-w-2xl gap-2 p-4">
        {notices.slice(-3).map(({ about, text, action }) => (
          <div key={about} className="pointer-events-auto flex flex-wrap items-center gap-x-3 gap-y-1 rounded-md border border-edge border-l-4 border-l-warn bg-raised px-4 py-2 shadow-lg">
            <p className="min-w-0 flex-1 basis-60 wrap-anywhere">{text}</p>
            {action === undefined ? null : (
              <Button
                onClick={() => {
                  withdraw(about);
                  action.act();
                }}
              >
                {action.label}
              </Button>
            )}
            <Button
              kind="quiet"
              onClick={() => {
                withdraw(about);
              }}
            >
              {say.dismiss}
            </Button>
          </div>
        ))}
      </div>
    </BoardContext>
  );
}
