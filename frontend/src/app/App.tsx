import { QueryClientProvider, useQueryClient } from "@tanstack/react-query";
import { Activity, lazy, Suspense, useState } from "react";
import { Problem, sentence } from "../api/problem";
import { useSession } from "../features/account/session";
import { Failed } from "../ui/Failed";
import { Mark } from "../ui/Mark";
import { patiently } from "../ui/patiently";
import { useDoor } from "./address";
import { createClient } from "./client";
import { Desk } from "./Desk";
import { useLeftElsewhere } from "./leaving";
import * as say from "./words";

// Whoever is inside already does not need it.
const Gate = lazy(patiently(() => import("./Gate").then((module) => ({ default: module.Gate }))));

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
  useLeftElsewhere(session.data?.user?.id ?? null, accounts);
  if (session.data === undefined) {
    return (
      <main className="mx-auto max-w-sm px-4 py-12 sm:py-20">
        <Mark className="mb-10" />
        {session.isError ? (
          <Failed
            what={say.noAnswer}
            why={sentence(session.error)}
            requestId={session.error instanceof Problem ? session.error.requestId : null}
            onRetry={() => void session.refetch()}
          />
        ) : (
          <Opening />
        )}
      </main>
    );
  }
  const { user, ended } = session.data;
  const outside = user === null || ended || door !== null;
  return (
    <>
      {outside ? (
        <Suspense fallback={<Opening />}>
          <Gate door={door} returning={user?.email} />
        </Suspense>
      ) : null}
      {user === null ? null : (
        // Hidden, the desk keeps what was typed on it, and lets go of the stream.
        <Activity mode={outside ? "hidden" : "visible"}>
          <Desk key={user.id} user={user} accounts={accounts} />
        </Activity>
      )}
    </>
  );
}

function Opening() {
  return (
    <p role="status" className="text-quiet">
      {say.opening}
    </p>
  );
}
