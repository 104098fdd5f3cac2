/** Signing in at an OpenID provider, where one is configured: the way there, and what is said when somebody comes back. */
import { useQuery } from "@tanstack/react-query";
import { ask } from "../../api/client";
import * as say from "./words";

export function Provider() {
  const methods = useQuery({ queryKey: ["methods"], queryFn: ({ signal }) => ask("get", "/api/auth/methods", { signal }) });
  const provider = methods.data?.oidc ?? null;
  if (provider === null) return null;
  return (
    <a
      href="/api/auth/oidc"
      className="min-h-9 rounded-md border border-edge bg-raised px-3 py-1.5 text-center text-[0.95rem] leading-tight wrap-anywhere hover:border-ink"
    >
      {say.signInWith(provider.name)}
    </a>
  );
}

const reasons: Readonly<Record<string, string>> = {
  linked: say.linked,
  cancelled: say.turnedBack,
  expired: say.tookTooLong,
  refused: say.notAccepted,
  unavailable: say.providerSilent,
  "address-taken": say.addressTaken,
  "address-unconfirmed": say.addressUnconfirmed,
};

/** For `/?sign-in=<reason>`. */
export function whatBecameOfIt(reason: string | null): string | undefined {
  return reason === null ? undefined : reasons[reason];
}
