import { useMutation } from "@tanstack/react-query";
import { ask } from "../../api/client";
import { isUnauthorised, sentence } from "../../api/problem";
import { Button } from "../../ui/Button";
import { useNotices } from "../../ui/Notices";

export function LogOut({ onDone }: { onDone: () => void }) {
  const { notify } = useNotices();
  const logOut = useMutation({
    mutationFn: () => ask("post", "/api/auth/logout"),
    onSuccess: onDone,
    onError: (error) => {
      if (isUnauthorised(error)) onDone();
      else notify({ about: "log out", text: `You are still logged in. ${sentence(error)}` });
    },
  });
  return (
    <Button
      busy={logOut.isPending}
      onClick={() => {
        logOut.mutate();
      }}
    >
      Log out
    </Button>
  );
}
