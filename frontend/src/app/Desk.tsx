import { QueryClientProvider, type QueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import type { User } from "../api/types";
import { DataProvider } from "../data/DataContext";
import { LogOut } from "../features/account/LogOut";
import { whatBecameOfIt } from "../features/account/provider";
import { checkSession, endSession, signIn, signOut } from "../features/account/session";
import { ConnectionState } from "../features/sync/ConnectionState";
import { Tasks } from "../features/tasks/Tasks";
import { viewNames } from "../features/tasks/views";
import { Mark } from "../ui/Mark";
import { Notices, useNotices } from "../ui/Notices";
import { dropParam, goTo, useParam } from "./address";
import { createClient } from "./client";
import { useLiveData } from "./useLiveData";
import { Views } from "./Views";

/** `accounts` holds who is logged in; what they see is in a client of their own. */
interface Props {
  user: User;
  accounts: QueryClient;
}

export function Desk(props: Props) {
  const [client] = useState(() =>
    createClient(() => {
      endSession(props.accounts);
    }),
  );
  return (
    <QueryClientProvider client={client}>
      <Notices>
        <DataProvider
          user={props.user}
          onSignedOut={() => {
            endSession(props.accounts);
          }}
          onUser={(user) => {
            signIn(props.accounts, user);
          }}
        >
          <DeskTop {...props} />
        </DataProvider>
      </Notices>
    </QueryClientProvider>
  );
}

function DeskTop({ user, accounts }: Props) {
  const view = useParam("view") === "finished" ? "finished" : "open";
  const { notify } = useNotices();
  const reason = useParam("sign-in");
  useEffect(() => {
    const said = whatBecameOfIt(reason);
    if (said !== undefined) notify({ about: "sign-in", text: said });
    dropParam("sign-in");
  }, [reason, notify]);
  const connection = useLiveData({
    onResume: () => {
      checkSession(accounts);
    },
    onSignedOut: () => {
      endSession(accounts);
    },
  });

  return (
    <div className="mx-auto max-w-2xl px-4 pb-24">
      <title>{`${viewNames[view]} – Taskora`}</title>
      <header className="flex flex-wrap items-center gap-x-5 gap-y-2 py-5">
        <Mark className="mr-auto" />
        <ConnectionState state={connection} />
        <span className="hidden max-w-48 truncate sm:block text-sm text-quiet">{user.name === "" ? user.email : user.name}</span>
        <LogOut
          onDone={() => {
            goTo("/");
            signOut(accounts);
          }}
        />
        {connection === "offline" ? (
          <p className="basis-full rounded-md border border-edge bg-raised px-3 py-2 text-sm">
            You are offline. What you see may be old; what you change is sent when the connection is back.
          </p>
        ) : null}
      </header>
      <Views current={view} />
      <main>
        <Tasks view={view} />
      </main>
    </div>
  );
}
