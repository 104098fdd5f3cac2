import { useQuery, useQueryClient } from "@tanstack/react-query";
import { PUSH } from "../../../api/push";
import { ActButton } from "../ActButton";
import { evenIfGone } from "../evenIfGone";
import { Loaded } from "../Loaded";
import { useAsk, useMoments } from "../owner";
import { useSectionTop } from "../sectionTop";
import { Refused } from "../SettingsForm";
import type { PushSubscribed } from "../types";
import { useSubmission } from "../useSubmission";
import { BROWSERS } from "./pushKeys";
import * as say from "./words";

/** All browsers that are told, wherever they are. What a browser is called nobody knows, but by whom it is reached. */
export function PushedBrowsers() {
  const ask = useAsk();
  const browsers = useQuery({ queryKey: BROWSERS, queryFn: ({ signal }) => ask("get", "/api/push/subscriptions", { signal }), staleTime: 0 });
  return (
    <Loaded query={browsers} what={say.toldBrowsers} isSilent>
      {({ items }) =>
        items.length === 0 ? null : (
          <section aria-labelledby="told-browsers">
            <h4 id="told-browsers" className="mb-1 text-sm text-quiet">
              {say.toldBrowsersTitle}
            </h4>
            <ul className="divide-y divide-line border-y border-line">
              {items.map((browser) => (
                <Told key={browser.id} browser={browser} />
              ))}
            </ul>
          </section>
        )
      }
    </Loaded>
  );
}

function Told({ browser }: { browser: PushSubscribed }) {
  const ask = useAsk();
  const moment = useMoments();
  const toTop = useSectionTop();
  const client = useQueryClient();
  const remove = useSubmission({
    send: () => evenIfGone(ask("delete", "/api/push/subscriptions/{subscription_id}", { path: { subscription_id: browser.id } })),
    onDone: async () => {
      await Promise.all([BROWSERS, PUSH].map((queryKey) => client.invalidateQueries({ queryKey })));
      toTop();
    },
    repeatable: true,
  });
  const since = moment(browser.created_at);
  return (
    <li className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 py-2">
      <div className="min-w-0">
        <p className="wrap-anywhere">
          {say.reachedThrough(browser.host)}
          {browser.current ? <strong className="ml-2 text-sm text-accent">{say.thisOne}</strong> : null}
        </p>
        <p className="text-sm text-quiet">{say.since(since)}</p>
        <Refused error={remove.error} />
      </div>
      <ActButton
        aria-label={say.removeBrowserOf(since)}
        busy={remove.isPending}
        onClick={() => {
          remove.submit(undefined);
        }}
      >
        {say.remove}
      </ActButton>
    </li>
  );
}
