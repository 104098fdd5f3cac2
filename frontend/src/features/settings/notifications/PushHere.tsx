import { useQuery, useQueryClient } from "@tanstack/react-query";
import { PUSH, pushState, turnPushOff, turnPushOn, type PushState } from "../../../api/push";
import { sentence } from "../../../api/problem";
import { Refusal } from "../../../ui/Refusal";
import { ActButton } from "../ActButton";
import { Loaded } from "../Loaded";
import { useOwner } from "../owner";
import { useSubmission } from "../useSubmission";
import { BROWSERS } from "./pushKeys";

const said: Record<PushState, string> = {
  unable: "This browser cannot be told anything while the page is closed. On an iPhone or iPad, add Taskora to the home screen first.",
  unset: "This Taskora pushes nothing: whoever runs it has not set that up. Mail works all the same.",
  denied: "You told this browser that Taskora may not notify you. Allow it in the browser's settings for this site, and come back.",
  off: "Off here. Turned on, reminders come also while no Taskora is open. The browser asks you once whether it may, and it lasts until you log out.",
  on: "On here: you are told also while no Taskora is open.",
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
    <Loaded query={state} what="Whether this browser is told">
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
              {now === "off" ? "Turn on push here" : "Turn off push here"}
            </ActButton>
          ) : null}
        </div>
      )}
    </Loaded>
  );
}

/** The browser asks a service of its maker's to bring what is pushed, and that may be away or forbidden. */
const whyNot = (error: Error): string =>
  error instanceof DOMException ? "This browser did not get through to its push service. Try again later, or in another browser." : sentence(error);
