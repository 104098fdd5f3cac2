import { QueryClientProvider, useQueryClient } from "@tanstack/react-query";
import { Activity, useState } from "react";
import { Problem, sentence } from "../api/problem";
import { useSession } from "../features/account/session";
import { Failed } from "../ui/Failed";
import { Mark } from "../ui/Mark";
import { useDoor } from "./address";
import { createClient } from "./client";
import { Desk } from "./Desk";
import { Gate } from "./Gate";

export function App() {
  const [client] = useState(() => createClient());
  return (
    <QueryClientProvider client={client}>
      <WhoeverItIs />
    </QueryClientProvider>
  );
}

function WhoeverItIs() {
  const accounts = useQueryClient();
  const session = useSession();
  const door = useDoor();
  if (session.data === undefined) {
    return (
      <main className="mx-auto max-w-sm px-4 py-12 sm:py-20">
        <Mark className="mb-10" />
        {session.isError ? (
          <Failed
            what="Taskora does not answer."
            why={sentence(session.error)}
            requestId={session.error instanceof Problem ? session.error.requestId : null}
            onRetry={() => void session.refetch()}
          />
        ) : (
          <p role="status" className="text-quiet">
            Opening Taskora…
          </p>
        )}
      </main>
    );
  }
  const { user, ended } = session.data;
  const outside = user === null || ended || door !== null;
  return (
    <>
      {outside ? <Gate door={door} returning={user?.email} /> : null}
      {user === null ? null : (
        // Hidden, the desk keeps what was typed on it, and lets go of the stream.
        <Activity mode={outside ? "hidden" : "visible"}>
          <Desk key={user.id} user={user} accounts={accounts} />
        </Activity>
      )}
    </>
  );
}
