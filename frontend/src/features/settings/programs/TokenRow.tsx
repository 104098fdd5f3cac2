import { useQueryClient } from "@tanstack/react-query";
import { AskTwice } from "../AskTwice";
import { evenIfGone } from "../evenIfGone";
import { useAsk, useMoments } from "../owner";
import { useSectionTop } from "../sectionTop";
import type { Token } from "../types";
import { useSubmission } from "../useSubmission";
import { scopesInWords } from "./scopes";
import { TOKENS } from "./tokensKey";
import * as say from "./words";

export function TokenRow({ token }: { token: Token }) {
  const ask = useAsk();
  const moment = useMoments();
  const toTop = useSectionTop();
  const client = useQueryClient();
  const revoke = useSubmission({
    send: () => evenIfGone(ask("delete", "/api/tokens/{token_id}", { path: { token_id: token.id } })),
    onDone: async () => {
      await client.invalidateQueries({ queryKey: TOKENS });
      toTop();
    },
    repeatable: true,
  });
  return (
    <li className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 py-3">
      <div className="min-w-0 flex-1 basis-60">
        <p className="wrap-anywhere">{token.name}</p>
        <p className="text-sm text-quiet">{scopesInWords(token.scopes)}.</p>
        <p className="text-sm text-quiet">{timesInWords(token, moment)}</p>
      </div>
      <AskTwice
        label={say.revoke}
        about={token.name}
        warning={say.shutsOut(token.name)}
        sure={say.revokeIt}
        busy={revoke.isPending}
        error={revoke.error}
        onSure={() => {
          revoke.submit(undefined);
        }}
      />
    </li>
  );
}

function timesInWords({ created_at, expires_at, last_used_at }: Token, moment: (iso: string) => string): string {
  const used = last_used_at === null ? say.neverUsed : say.lastUsed(moment(last_used_at));
  const ends = expires_at === null ? say.endsNever : say.ends(moment(expires_at));
  return say.made(moment(created_at), used, ends);
}
