import { Confirm } from "../features/account/Confirm";
import { LogIn } from "../features/account/LogIn";
import { Register } from "../features/account/Register";
import { Mark } from "../ui/Mark";
import { goTo, useLinkedToken, useParam } from "./address";

/** Where everybody comes in. */
export function Gate({ returning }: { returning: string | undefined }) {
  const registering = useParam("enter") === "new" && returning === undefined;
  const token = useLinkedToken("/confirm");
  if (token !== null) {
    return (
      <main className="mx-auto max-w-sm px-4 py-12 sm:py-20">
        <title>Confirm your account – Taskora</title>
        <Mark className="mb-10" />
        <Confirm
          token={token}
          onDone={() => {
            goTo("/");
          }}
        />
      </main>
    );
  }
  return (
    <main className="mx-auto max-w-sm px-4 py-12 sm:py-20">
      <title>{registering ? "Make an account – Taskora" : "Log in – Taskora"}</title>
      <Mark className="mb-10" />
      {registering ? (
        <Register
          onLogIn={() => {
            goTo("/");
          }}
        />
      ) : (
        <LogIn
          returning={returning}
          onRegister={() => {
            goTo("/?enter=new");
          }}
        />
      )}
    </main>
  );
}
