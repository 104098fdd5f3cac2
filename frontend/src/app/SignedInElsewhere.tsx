import { useEffect } from "react";
import { whatBecameOfIt } from "../features/account/provider";
import { useNotices } from "../ui/Notices";
import { dropParam } from "./address";

/** What became of signing in at a provider, which leads back here. */
export function SignedInElsewhere({ reason }: { reason: string }) {
  const { notify } = useNotices();
  useEffect(() => {
    const said = whatBecameOfIt(reason);
    if (said !== undefined) notify({ about: "sign-in", text: said });
    dropParam("sign-in");
  }, [reason, notify]);
  return null;
}
