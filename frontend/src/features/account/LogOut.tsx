import { useMutation } from "@tanstack/react-query";
import { lazy, Suspense, useState } from "react";
import { isUnauthorised, sentence } from "../../api/problem";
import { useWaiting } from "../../data/DataContext";
import { useAsk } from "../../data/useAsk";
import { Button } from "../../ui/Button";
import { useNotices } from "../../ui/Notices";
import { patiently } from "../../ui/patiently";
import * as say from "./words";

const LeaveUnsent = lazy(patiently(() => import("./LeaveUnsent")));

/** What was done here and not sent yet is lost with whoever goes; so they are asked. */
export function LogOut({ onDone }: { onDone: () => void }) {
  const ask = useAsk();
  const { queued, refused } = useWaiting();
  const { notify } = useNotices();
  const [isAsking, setAsking] = useState(false);
  const logOut = useMutation({
    mutationFn: () => ask("post", "/api/auth/logout"),
    // Now or not at all: what is done here meanwhile would be lost with it.
    networkMode: "always",
    retry: false,
    onSuccess: onDone,
    onError: (error) => {
      setAsking(false);
      if (isUnauthorised(error)) onDone();
      else notify({ about: "log out", text: `${say.stillLoggedIn} ${sentence(error)}` });
    },
  });
  const unsent = queued.length + refused.length;
  const leave = () => {
    logOut.mutate();
  };
  return (
    <>
      <Button
        busy={logOut.isPending}
        onClick={() => {
          if (unsent > 0) setAsking(true);
          else leave();
        }}
      >
        {say.logOut}
      </Button>
      {isAsking ? (
        <Suspense>
          <LeaveUnsent
            unsent={unsent}
            busy={logOut.isPending}
            onLeave={leave}
            onStay={() => {
              setAsking(false);
            }}
          />
        </Suspense>
      ) : null}
    </>
  );
}
