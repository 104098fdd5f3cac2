import type { User } from "../../../api/types";
import { useAsk, useOwner } from "../owner";
import type { ProfilePatch } from "../types";
import { useSubmission, type Submission } from "../useSubmission";

/** What people say about themselves; whoever shows it elsewhere on the page is told. */
export function useProfileChange(onFailed?: (error: Error, asked: ProfilePatch) => void): Submission<ProfilePatch, User> {
  const ask = useAsk();
  const { onUser } = useOwner();
  return useSubmission({
    send: (patch: ProfilePatch) => ask("patch", "/api/me", { body: patch }),
    onDone: onUser,
    ...(onFailed === undefined ? {} : { onFailed }),
    repeatable: true,
  });
}
