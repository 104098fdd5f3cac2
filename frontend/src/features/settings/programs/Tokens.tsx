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
import * as say from "./words";

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
        {say.whatTokensAre(
          <code className="font-mono text-sm wrap-anywhere">{say.header}</code>,
          <a className="link" href="/api/openapi.json">{say.describedHere}</a>,
        )}
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
          heading={say.yourToken(made.name)}
          explanation={say.copyIt}
          secret={made.token}
          name={say.token}
          onDone={() => {
            setMade(null);
            toTop();
          }}
        />
      )}
      <section aria-labelledby="tokens" className="grid max-w-xl gap-2">
        <h3 id="tokens" className="text-sm text-quiet">
          {say.yourTokens}
        </h3>
        <Loaded query={tokens} what={say.yourTokens}>
          {({ items }) =>
            items.length === 0 ? (
              <p className="text-quiet">{say.thereAreNone}</p>
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
