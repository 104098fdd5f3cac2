import { useState } from "react";
import { ask } from "../../api/client";
import { isUnauthorised, sentence } from "../../api/problem";
import { Button } from "../../ui/Button";
import { useNotices } from "../../ui/Notices";

export function LogOut({ onDone }: { onDone: () => void }) {
  const { notify } = useNotices();
  const [isBusy, setBusy] = useState(false);
  const logOut = async () => {
    setBusy(true);
    try {
      await ask("post", "/api/auth/logout");
      onDone();
    } catch (error) {
      if (isUnauthorised(error)) onDone();
      else notify({ about: "log out", text: `You are still logged in. ${sentence(error)}` });
    } finally {
      setBusy(false);
    }
  };
  return (
    <Button busy={isBusy} onClick={() => void logOut()}>
      Log out
    </Button>
  );
}
