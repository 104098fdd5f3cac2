import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { sentence } from "../../api/problem";
import { PUSH, pushState, turnPushOn } from "../../api/push";
import { usePerson } from "../../data/DataContext";
import { Button } from "../../ui/Button";

/** Why somebody would want it, before the browser asks whether they do. */
export function PushOffer() {
  const { user } = usePerson();
  const client = useQueryClient();
  const state = useQuery({ queryKey: PUSH, queryFn: ({ signal }) => pushState(user.id, signal), staleTime: 0 });
  const turnOn = useMutation({
    mutationFn: () => turnPushOn(user.id),
    onSuccess: (now) => {
      client.setQueryData(PUSH, now);
    },
  });
  if (state.data === "denied") {
    return (
      <p className="border-t border-line bg-sunken px-4 py-3 text-sm text-quiet">
        Your browser was told not to show notifications of Taskora. You can change that in its settings for this site.
      </p>
    );
  }
  if (state.data !== "off") return null;
  return (
    <div className="grid justify-items-start gap-2 border-t border-line bg-sunken px-4 py-3">
      <p className="text-sm">
        Be reminded when Taskora is closed, too: this browser can show your reminders, and you complete or snooze them right there. It will ask you
        whether it may.
      </p>
      <Button
        busy={turnOn.isPending}
        onClick={() => {
          turnOn.mutate();
        }}
      >
        Turn on notifications
      </Button>
      {turnOn.isError ? (
        <p role="alert" className="text-sm text-warn">
          This did not work. {turnOn.error instanceof DOMException ? "The browser could not reach its push service." : sentence(turnOn.error)}
        </p>
      ) : null}
    </div>
  );
}
