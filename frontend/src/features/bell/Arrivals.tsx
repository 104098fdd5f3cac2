import { X } from "lucide-react";
import { lazy, Suspense, useEffect, useEffectEvent, useRef, useState } from "react";
import { useGo } from "../../address/useAddress";
import type { Notification } from "../../api/types";
import { useData, usePerson } from "../../data/DataContext";
import { IconButton } from "../../ui/IconButton";
import { useClearance, useKeptClear } from "../../ui/keptClear";
import { patiently } from "../../ui/patiently";
import { isUnread, toldBy } from "./told";
import { useSeeing } from "./useNotifications";
import { headline } from "./inWords";
import * as say from "./words";

const NoticedTask = lazy(patiently(() => import("./NoticedTask").then(({ NoticedTask }) => ({ default: NoticedTask }))));

/** What is older was missed, and stands in the bell. */
const FRESH = 2 * 60_000;
const MOST = 3;

/** Reminders that come while somebody is at the page. They stay until they are dealt with, here or elsewhere. */
export function Arrivals() {
  const data = useData();
  const person = usePerson();
  const { see } = useSeeing();
  const go = useGo();
  const [shown, setShown] = useState<readonly Notification[]>([]);
  const place = useRef<HTMLDivElement>(null);
  useClearance(place);
  useKeptClear(place);
  const hear = useEffectEvent((news: Notification) => {
    const isNew = news.kind === "reminder" && isUnread(news) && person.now().getTime() - Date.parse(news.created_at) < FRESH;
    setShown((before) => [...(isNew ? [news] : []), ...before.filter(({ id }) => id !== news.id)]);
  });
  useEffect(
    () =>
      data.onChange((change) => {
        const news = toldBy(change);
        if (news !== null) hear(news);
      }),
    [data],
  );
  const putAway = (told: Notification) => {
    setShown((before) => before.filter(({ id }) => id !== told.id));
    see(told);
  };
  return (
    <div
      ref={place}
      role="status"
      aria-label={say.reminders}
      className="pointer-events-none fixed right-0 bottom-0 z-20 grid w-full max-w-sm gap-2 p-3 text-left max-lg:bottom-thumb"
    >
      {shown.slice(0, MOST).map((told) => (
        <section key={told.id} aria-label={headline(told, person)} className="sheet pointer-events-auto flex items-start gap-2 border-l-4 border-l-accent px-4 py-3 shadow-float">
          <div className="min-w-0 flex-1">
            <p className="text-sm text-quiet">{say.reminder}</p>
            <Suspense fallback={<p className="font-semibold">{headline(told, person)}</p>}>
              {told.tasks.slice(0, MOST).map((task) => (
                <NoticedTask
                  key={task.id}
                  task={task}
                  isReminded
                  onOpen={() => {
                    putAway(told);
                    go.open(task.id);
                  }}
                  onDone={() => {
                    putAway(told);
                  }}
                />
              ))}
            </Suspense>
          </div>
          <IconButton
            label={say.putAway}
            onClick={() => {
              putAway(told);
            }}
          >
            <X aria-hidden="true" />
          </IconButton>
        </section>
      ))}
    </div>
  );
}
