import { useQuery, useQueryClient } from "@tanstack/react-query";
import { isUnauthorised } from "../../../api/problem";
import { ActButton } from "../ActButton";
import { AskTwice } from "../AskTwice";
import { Loaded } from "../Loaded";
import { evenIfGone } from "../evenIfGone";
import { useAsk, useMoments, useOwner } from "../owner";
import { useSectionTop } from "../sectionTop";
import { Refused } from "../SettingsForm";
import type { OpenSession } from "../types";
import { useSubmission } from "../useSubmission";
import { deviceInWords } from "./deviceInWords";
import * as say from "./words";

export const SESSIONS = ["settings", "sessions"];

export function Sessions() {
  const ask = useAsk();
  const { onSignedOut, unsent } = useOwner();
  const sessions = useQuery({
    queryKey: SESSIONS,
    queryFn: ({ signal }) => ask("get", "/api/me/sessions", { signal }),
    staleTime: 0,
  });
  const everywhere = useSubmission({
    send: () => ask("post", "/api/auth/logout-everywhere"),
    onDone: onSignedOut,
    onFailed: (error) => {
      if (isUnauthorised(error)) onSignedOut();
    },
    repeatable: true,
  });
  return (
    <Loaded query={sessions} what={say.sessions}>
      {({ items }) => (
        <div className="grid max-w-xl gap-8">
          <section aria-labelledby="open-sessions" className="grid gap-2">
            <h3 id="open-sessions" className="text-sm text-quiet">
              {items.length === 1 ? say.onlyHere : say.onDevices(items.length)}
            </h3>
            <ul className="divide-y divide-line border-y border-line">
              {items.map((session) => (
                <Session key={session.id} session={session} />
              ))}
            </ul>
          </section>
          <AskTwice
            label={say.logOutEverywhere}
            warning={say.whatLogsOut(unsent)}
            sure={say.logOutEverywhere}
            busy={everywhere.isPending}
            error={everywhere.error}
            onSure={() => {
              everywhere.submit(undefined);
            }}
          />
        </div>
      )}
    </Loaded>
  );
}

function Session({ session }: { session: OpenSession }) {
  const ask = useAsk();
  const toTop = useSectionTop();
  const moment = useMoments();
  const client = useQueryClient();
  const device = deviceInWords(session.user_agent);
  const end = useSubmission({
    send: () => evenIfGone(ask("delete", "/api/me/sessions/{session_id}", { path: { session_id: session.id } })),
    onDone: async () => {
      await client.invalidateQueries({ queryKey: SESSIONS });
      toTop();
    },
    repeatable: true,
  });
  const began = moment(session.began_at);
  return (
    <li className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 py-3">
      <div className="min-w-0">
        <p className="wrap-anywhere">
          {device}
          {session.current ? <strong className="ml-2 text-sm text-accent">{say.thisOne}</strong> : null}
        </p>
        <p className="text-sm text-quiet">
          {say.seen(moment(session.last_seen_at), began, session.address)}
        </p>
        <Refused error={end.error} />
      </div>
      {session.current ? null : (
        <ActButton
          aria-label={say.logOutDevice(device, began)}
          busy={end.isPending}
          onClick={() => {
            end.submit(undefined);
          }}
        >
          {say.logOut}
        </ActButton>
      )}
    </li>
  );
}
