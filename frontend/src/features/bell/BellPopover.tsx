import { useState, type ReactElement } from "react";
import { isOutOfReach, Problem, sentence } from "../../api/problem";
import { Button } from "../../ui/Button";
import { Failed } from "../../ui/Failed";
import { OutOfReach } from "../../ui/OutOfReach";
import { Popover } from "../../ui/Popover";
import { ShowMore } from "../../ui/ShowMore";
import { Skeleton } from "../../ui/Skeleton";
import { NotificationRow } from "./NotificationRow";
import { PushOffer } from "./PushOffer";
import { inOrder, unreadOf, type Told } from "./told";
import { useNotifications, useSeeing } from "./useNotifications";
import * as say from "./words";

export default function BellPopover({ trigger }: { trigger: ReactElement }) {
  const [isOpen, setOpen] = useState(true);
  const close = () => {
    setOpen(false);
  };
  return (
    <Popover title={say.notifications} trigger={trigger} align="end" open={isOpen} onOpenChange={setOpen} className="w-[min(26rem,calc(100vw-1rem))]">
      <Contents onClose={close} />
      <PushOffer />
    </Popover>
  );
}

function Contents({ onClose }: { onClose: () => void }) {
  const notifications = useNotifications();
  const { data: told, error, isFetching, refetch } = notifications;
  const { seeAll } = useSeeing();
  if (told === undefined) {
    return (
      <div className="px-4 py-3">
        <h2 className="font-display text-xl">{say.notifications}</h2>
        {isOutOfReach(notifications) ? (
          <OutOfReach what={say.yourNotifications} isPart />
        ) : error === null || isFetching ? (
          <Skeleton what={say.loading} />
        ) : (
          <Failed
            what={say.couldNotBeLoaded}
            why={sentence(error)}
            requestId={error instanceof Problem ? error.requestId : null}
            onRetry={() => void refetch()}
          />
        )}
      </div>
    );
  }
  return (
    <>
      <div className="flex min-h-13 items-center justify-between gap-3 px-4 py-2">
        <h2 className="font-display text-xl">{say.notifications}</h2>
        {unreadOf(told) === 0 ? null : (
          <Button kind="quiet" onClick={seeAll}>
            {say.markAllAsRead}
          </Button>
        )}
      </div>
      <Rows told={told} onClose={onClose} />
      {notifications.hasNextPage ? (
        <div className="border-t border-line p-2">
          <ShowMore
            kind="quiet"
            label={say.showOlderOnes}
            isOutOfReach={isOutOfReach(notifications)}
            wrong={notifications.isFetchNextPageError ? sentence(error) : null}
            onMore={() => notifications.fetchNextPage()}
          />
        </div>
      ) : null}
    </>
  );
}

function Rows({ told, onClose }: { told: Told; onClose: () => void }) {
  const { missed, others } = inOrder(told);
  if (missed.length + others.length === 0) {
    return (
      <p className="border-t border-line px-4 py-6 text-quiet">{say.nothingYet}</p>
    );
  }
  return (
    <>
      {missed.length === 0 ? null : (
        <section aria-label={say.missed} className="border-t border-line">
          <h3 className="px-4 pt-3 text-sm font-semibold text-warn">{say.missedWhileAway}</h3>
          <ul aria-label={say.missed}>
            {missed.map((one) => (
              <NotificationRow key={one.id} told={one} onClose={onClose} />
            ))}
          </ul>
        </section>
      )}
      <ul aria-label={say.notifications}>
        {others.map((one) => (
          <NotificationRow key={one.id} told={one} onClose={onClose} />
        ))}
      </ul>
    </>
  );
}
