import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { sentence } from "../../api/problem";
import { PUSH, pushState, turnPushOn } from "../../api/push";
import { usePerson } from "../../data/DataContext";
import { Button } from "../../ui/Button";
import * as say from "./words";

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
        {say.pushRefused}
      </p>
    );
  }
  if (state.data !== "off") return null;
  return (
    <div className="grid justify-items-start gap-2 border-t border-line bg-sunken px-4 py-3">
      <p className="text-sm">
        {say.offerPush}
      </p>
      <Button
        busy={turnOn.isPending}
        onClick={() => {
          turnOn.mutate();
        }}
      >
        {say.turnOnNotifications}
      </Button>
      {turnOn.isError ? (
        <p role="alert" className="text-sm text-warn">
          {say.didNotWork} {turnOn.error instanceof DOMException ? say.pushUnreachable : sentence(turnOn.error)}
        </p>
      ) : null}
    </div>
  );
}
