import { Check } from "lucide-react";
import type { Notification } from "../../api/types";
import { useGo } from "../../address/useAddress";
import { usePerson } from "../../data/DataContext";
import { IconButton } from "../../ui/IconButton";
import { NoticedTask } from "./NoticedTask";
import { isUnread } from "./told";
import { useSeeing } from "./useNotifications";
import { headline, whenInWords, whyInWords } from "./inWords";
import * as say from "./words";

/** One notification: what it says, when it came, and what can be done about each task in it. */
export function NotificationRow({ told, onClose }: { told: Notification; onClose: () => void }) {
  const person = usePerson();
  const { see } = useSeeing();
  const go = useGo();
  const unread = isUnread(told);
  const unnamed = told.total - told.tasks.length;
  const title = headline(told, person);
  const follow = (way: () => void) => {
    see(told);
    way();
    onClose();
  };
  const isOfOne = told.kind === "reminder" && told.total === 1;
  return (
    <li aria-label={title} className={`border-t border-line px-4 py-2.5 ${unread ? "bg-tint" : ""}`}>
      <div className="flex items-start gap-2">
        <div className="min-w-0 flex-1">
          {isOfOne ? null : (
            <button
              type="button"
              className="cursor-pointer text-left font-semibold wrap-anywhere hover:underline"
              onClick={() => {
                follow(() => {
                  go.to(told.kind === "webhook" ? "/settings/webhooks" : "/today");
                });
              }}
            >
              {title}
            </button>
          )}
          {told.tasks.map((task) => (
            <NoticedTask
              key={task.id}
              task={task}
              isReminded={told.kind === "reminder"}
              onOpen={() => {
                follow(() => {
                  go.open(task.id);
                });
              }}
              onDone={() => {
                see(told);
              }}
            />
          ))}
          {unnamed > 0 && told.tasks.length > 0 ? <p className="text-sm text-quiet">{say.andMore(unnamed)}</p> : null}
          {whyInWords(told) === null ? null : <p className="text-sm">{whyInWords(told)}</p>}
          <p className="text-sm text-quiet">
            {unread ? <span className="sr-only">{say.unread} </span> : null}
            {whenInWords(told, person)}
          </p>
        </div>
        {unread ? (
          <IconButton
            label={say.markAsRead(title)}
            onClick={() => {
              see(told);
            }}
          >
            <Check aria-hidden="true" />
          </IconButton>
        ) : null}
      </div>
    </li>
  );
}
