import { useQuery, useQueryClient } from "@tanstack/react-query";
import { PUSH, pushState, turnPushOff, turnPushOn, type PushState } from "../../../api/push";
import { sentence } from "../../../api/problem";
import { Refusal } from "../../../ui/Refusal";
import { ActButton } from "../ActButton";
import { Loaded } from "../Loaded";
import { useOwner } from "../owner";
import { useSubmission } from "../useSubmission";
import { BROWSERS } from "./pushKeys";
import * as say from "./words";

const said: Record<PushState, string> = {
  unable: say.cannotPush,
  unset: say.noPushHere,
  denied: say.pushDenied,
  off: say.pushOff,
  on: say.pushOn,
};

/** Whether this very browser is told things. It asks for permission only after a click, and below the reason why. */
export function PushHere() {
  const { user } = useOwner();
  const client = useQueryClient();
  const state = useQuery({ queryKey: PUSH, queryFn: ({ signal }) => pushState(user.id, signal), staleTime: 0 });
  const turn = useSubmission({
    send: (on: boolean) => (on ? turnPushOn(user.id) : turnPushOff(user.id)),
    onDone: async (now) => {
      client.setQueryData<PushState>(PUSH, now);
      await client.invalidateQueries({ queryKey: BROWSERS });
    },
  });
  return (
    <Loaded query={state} what={say.whetherTold}>
      {(now) => (
        <div className="grid justify-items-start gap-3">
          <p role="status">{said[now]}</p>
          <Refusal>{turn.error === null ? null : whyNot(turn.error)}</Refusal>
          {now === "on" || now === "off" ? (
            <ActButton
              busy={turn.isPending}
              onClick={() => {
                turn.submit(now === "off");
              }}
            >
              {now === "off" ? say.turnPushOn : say.turnPushOff}
            </ActButton>
          ) : null}
        </div>
      )}
    </Loaded>
  );
}

/** The browser asks a service of its maker's to bring what is pushed, and that may be away or forbidden. */
const whyNot = (error: Error): string =>
  error instanceof DOMException ? say.pushUnreachable : sentence(error);
