import { useData } from "../data/DataContext";
import { signOut } from "../features/account/session";
import { useAccounts } from "./accounts";
import { goTo } from "./address";

/** Whoever has logged out leaves nothing of theirs in this browser. */
export function useLeaving(): () => void {
  const data = useData();
  const accounts = useAccounts();
  return () => {
    void data.forget();
    goTo("/");
    signOut(accounts);
  };
}
