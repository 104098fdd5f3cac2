/** Signing in at an OpenID provider, where one is configured: the way there, and what is said when somebody comes back. */
import { useQuery } from "@tanstack/react-query";
import { ask } from "../../api/client";

export function Provider() {
  const methods = useQuery({ queryKey: ["methods"], queryFn: ({ signal }) => ask("get", "/api/auth/methods", { signal }) });
  const provider = methods.data?.oidc ?? null;
  if (provider === null) return null;
  return (
    <a
      href="/api/auth/oidc"
      className="min-h-9 rounded-md border border-edge bg-raised px-3 py-1.5 text-center text-[0.95rem] leading-tight wrap-anywhere hover:border-ink"
    >
      Sign in with {provider.name}
    </a>
  );
}

const reasons: Readonly<Record<string, string>> = {
  linked: "It is linked: from now on you can sign in there, too.",
  cancelled: "You turned back at the other end, so nothing has changed here.",
  expired: "That took too long, or it began in another browser. Try again.",
  refused: "What came back could not be accepted: it did not fit what was asked for here, or it belongs to another account.",
  unavailable: "Where you wanted to sign in, nobody answers at the moment. Try again later, or use your password.",
  "address-taken": "There is an account with your e-mail address already. Log in to it with its password.",
  "address-unconfirmed": "Your e-mail address has not been confirmed there. Do that first, or make an account here.",
};

/** For `/?sign-in=<reason>`. */
export function whatBecameOfIt(reason: string | null): string | undefined {
  return reason === null ? undefined : reasons[reason];
}
