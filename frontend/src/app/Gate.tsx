import { Confirm } from "../features/account/Confirm";
import { ForgottenPassword } from "../features/account/ForgottenPassword";
import { LogIn } from "../features/account/LogIn";
import { NewPassword } from "../features/account/NewPassword";
import { Register } from "../features/account/Register";
import { whatBecameOfIt } from "../features/account/provider";
import { Mark } from "../ui/Mark";
import { dropParam, goTo, useParam, type Door } from "./address";
import * as say from "./words";

interface Props {
  door: Door | null;
  /** Who was here last, when somebody was. */
  returning: string | undefined;
}

const toLogIn = () => {
  goTo("/");
};
const toRegister = () => {
  goTo("/?enter=new");
};
const toForgotten = () => {
  goTo("/reset");
};

/** Where everybody comes in. */
export function Gate(props: Props) {
  return (
    <main className="mx-auto max-w-sm px-4 py-12 sm:py-20">
      <Mark className="mb-10" />
      <Entrance {...props} />
    </main>
  );
}

function Entrance({ door, returning }: Props) {
  const registering = useParam("enter") === "new" && returning === undefined;
  const said = whatBecameOfIt(useParam("sign-in"));
  switch (door?.to) {
    case "confirm":
      return (
        <>
          <title>{say.confirmPage}</title>
          <Confirm key={door.token} token={door.token} onDone={toLogIn} onRegister={toRegister} />
        </>
      );
    case "reset":
      return (
        <>
          <title>{say.newPasswordPage}</title>
          <NewPassword key={door.token} token={door.token} onLogIn={toLogIn} onForgotten={toForgotten} />
        </>
      );
    case "forgotten":
      return (
        <>
          <title>{say.forgottenPage}</title>
          <ForgottenPassword known={returning} onLogIn={toLogIn} />
        </>
      );
  }
  if (registering) {
    return (
      <>
        <title>{say.registerPage}</title>
        <Register onLogIn={toLogIn} />
      </>
    );
  }
  return (
    <>
      <title>{say.logInPage}</title>
      <LogIn
        returning={returning}
        said={said}
        onDone={() => {
          dropParam("sign-in");
        }}
        onRegister={toRegister}
        onForgotten={toForgotten}
      />
    </>
  );
}
