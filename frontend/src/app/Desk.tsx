import { QueryClientProvider, type QueryClient } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { lazy, Suspense, useEffect, useState } from "react";
import type { User } from "../api/types";
import { CommandsProvider } from "../commands/CommandsProvider";
import { DataProvider } from "../data/DataContext";
import { whatBecameOfIt } from "../features/account/provider";
import { endSession, signIn } from "../features/account/session";
import { Notices, useNotices } from "../ui/Notices";
import { AccountsContext } from "./accounts";
import { dropParam, useParam } from "./address";
import { createClient } from "./client";
import { Connection } from "./connection";
import { makeRouter } from "./router";
import { useTheme } from "./useTheme";

const NewVersion = lazy(() => import("../features/sync/NewVersion").then((module) => ({ default: module.NewVersion })));

interface Props {
  user: User;
  accounts: QueryClient;
}

/** What one person works at: all that is theirs is made here, and goes when somebody else comes. */
export function Desk({ user, accounts }: Props) {
  const onSignedOut = () => {
    endSession(accounts);
  };
  const [client] = useState(() => createClient(onSignedOut));
  const [router] = useState(makeRouter);
  useTheme(user.theme);
  return (
    <AccountsContext value={accounts}>
      <QueryClientProvider client={client}>
        <Notices>
          <SignedInElsewhere />
          <Suspense>
            <NewVersion />
          </Suspense>
          <DataProvider
            user={user}
            onSignedOut={onSignedOut}
            onUser={(changed) => {
              signIn(accounts, changed);
            }}
          >
            <Connection accounts={accounts}>
              <CommandsProvider>
                <RouterProvider router={router} />
              </CommandsProvider>
            </Connection>
          </DataProvider>
        </Notices>
      </QueryClientProvider>
    </AccountsContext>
  );
}

/** What became of signing in at a provider, which leads back here. */
function SignedInElsewhere() {
  const { notify } = useNotices();
  const reason = useParam("sign-in");
  useEffect(() => {
    const said = whatBecameOfIt(reason);
    if (said !== undefined) notify({ about: "sign-in", text: said });
    dropParam("sign-in");
  }, [reason, notify]);
  return null;
}
