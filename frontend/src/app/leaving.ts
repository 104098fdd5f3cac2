import { useData, usePerson } from "../data/DataContext";
import { forgetDrafts } from "../data/drafts";
import { signOut } from "../features/account/session";
import { useAccounts } from "./accounts";
import { goTo } from "./address";

/** Whoever has logged out leaves nothing of theirs in this browser. */
export function useLeaving(): () => void {
  const data = useData();
  const { user } = usePerson();
  const accounts = useAccounts();
  return () => {
    void data.forget();
    forgetDrafts(user.id);
    goTo("/");
    signOut(accounts);
  };
}
