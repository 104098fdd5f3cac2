import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Loaded } from "../Loaded";
import { useAsk } from "../owner";
import { useSectionTop } from "../sectionTop";
import { ShownOnce } from "../ShownOnce";
import type { CreatedToken } from "../types";
import { NewTokenForm } from "./NewTokenForm";
import { TokenRow } from "./TokenRow";
import { TOKENS } from "./tokensKey";

export default function Tokens() {
  const ask = useAsk();
  const client = useQueryClient();
  const toTop = useSectionTop();
  const [made, setMade] = useState<CreatedToken | null>(null);
  const tokens = useQuery({ queryKey: TOKENS, queryFn: ({ signal }) => ask("get", "/api/tokens", { signal }), staleTime: 0 });
  const readAgain = () => void client.invalidateQueries({ queryKey: TOKENS });
  return (
    <div className="grid gap-8">
      <p className="max-w-xl text-quiet">
        A token lets a program of yours in without your password, for what you allow it. It says so with every request:{" "}
        <code className="font-mono text-sm wrap-anywhere">Authorization: Bearer tsk_…</code>. All that it can ask for is{" "}
        <a className="link" href="/api/openapi.json">
          described here
        </a>
        .
      </p>
      {made === null ? (
        <NewTokenForm
          onMade={(token) => {
            setMade(token);
            readAgain();
          }}
          onUnheard={readAgain}
        />
      ) : (
        <ShownOnce
          heading={`Your token “${made.name}”`}
          explanation="Copy it to where it is needed now: it is not shown again."
          secret={made.token}
          name="token"
          onDone={() => {
            setMade(null);
            toTop();
          }}
        />
      )}
      <section aria-labelledby="tokens" className="grid max-w-xl gap-2">
        <h3 id="tokens" className="text-sm text-quiet">
          Your tokens
        </h3>
        <Loaded query={tokens} what="Your tokens">
          {({ items }) =>
            items.length === 0 ? (
              <p className="text-quiet">There are none.</p>
            ) : (
              <ul className="divide-y divide-line border-y border-line">
                {items.map((token) => (
                  <TokenRow key={token.id} token={token} />
                ))}
              </ul>
            )
          }
        </Loaded>
      </section>
    </div>
  );
}
