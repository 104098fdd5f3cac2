import { Bell as BellIcon } from "lucide-react";
import { lazy, Suspense, useState } from "react";
import { usePerson } from "../../data/DataContext";
import { IconButton } from "../../ui/IconButton";
import { patiently } from "../../ui/patiently";
import { numberInWords } from "../../ui/inWords";
import { Arrivals } from "./Arrivals";
import { unreadOf } from "./told";
import { useNewsOfNotifications, useNotifications } from "./useNotifications";
import { usePushed } from "./usePushed";
import * as say from "./words";

const BellPopover = lazy(patiently(() => import("./BellPopover")));

/** How many are unread; what they are, once somebody asks. And what comes while the page is open. */
export function Bell() {
  const { locale } = usePerson();
  const [isAsked, setAsked] = useState(false);
  const { data: told } = useNotifications();
  useNewsOfNotifications();
  usePushed();
  const unread = told === undefined ? 0 : unreadOf(told);
  const button = (
    <IconButton
      label={unread === 0 ? say.notifications : say.notificationsUnread(unread, locale)}
      aria-haspopup="dialog"
      className="relative"
      onClick={() => {
        setAsked(true);
      }}
    >
      <BellIcon aria-hidden="true" />
      {unread === 0 ? null : (
        <span aria-hidden="true" className="absolute -top-0.5 -right-0.5 min-w-4.5 rounded-full bg-warn px-1 text-center text-xs leading-4.5 font-semibold text-paper">
          {unread > 99 ? "99+" : numberInWords(unread, locale)}
        </span>
      )}
    </IconButton>
  );
  return (
    <>
      {isAsked ? (
        <Suspense fallback={button}>
          <BellPopover trigger={button} />
        </Suspense>
      ) : (
        button
      )}
      <Arrivals />
    </>
  );
}
