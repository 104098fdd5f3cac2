import { QueryClientProvider, type QueryClient } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { lazy, Suspense, useState } from "react";
import type { User } from "../api/types";
import { CommandsProvider } from "../commands/CommandsProvider";
import { DataProvider } from "../data/DataContext";
import { endSession, signIn } from "../features/account/session";
import { Notices } from "../ui/Notices";
import { patiently } from "../ui/patiently";
import { AccountsContext } from "./accounts";
import { useParam } from "./address";
import { createClient } from "./client";
import { Connection } from "./connection";
import { makeRouter } from "./router";
import { useTheme } from "./useTheme";

const NewVersion = lazy(patiently(() => import("../features/sync/NewVersion").then((module) => ({ default: module.NewVersion }))));
const SignedInElsewhere = lazy(patiently(() => import("./SignedInElsewhere").then((module) => ({ default: module.SignedInElsewhere }))));

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
  const reason = useParam("sign-in");
  useTheme(user.theme);
  return (
    <AccountsContext value={accounts}>
      <QueryClientProvider client={client}>
        <Notices>
          <Suspense>
            {reason === null ? null : <SignedInElsewhere reason={reason} />}
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
