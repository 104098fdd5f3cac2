import { useQuery, useQueryClient } from "@tanstack/react-query";
import { faultsOf } from "../../../api/problem";
import { AskTwice } from "../AskTwice";
import { Loaded } from "../Loaded";
import { useAsk, useOwner } from "../owner";
import { useSectionTop } from "../sectionTop";
import { SettingsForm } from "../SettingsForm";
import type { Proof } from "../types";
import { useSubmission } from "../useSubmission";
import { ProofFields, proofOf } from "./ProofFields";
import { useSecondFactor } from "./secondFactor";
import * as say from "./words";

const IDENTITY = ["settings", "identity"];

/** Where somebody runs Taskora without a provider, it says so. */
export function Provider() {
  const ask = useAsk();
  const methods = useQuery({ queryKey: ["methods"], queryFn: ({ signal }) => ask("get", "/api/auth/methods", { signal }) });
  return (
    <Loaded query={methods} what={say.howToSignIn}>
      {({ oidc }) => (oidc === null ? <p className="text-quiet">{say.noProvider}</p> : <Identity />)}
    </Loaded>
  );
}

function Identity() {
  const ask = useAsk();
  const identity = useQuery({ queryKey: IDENTITY, queryFn: ({ signal }) => ask("get", "/api/me/identity", { signal }), staleTime: 0 });
  return (
    <Loaded query={identity} what={say.yourSignInProvider}>
      {({ name, linked }) => (linked ? <Linked name={name} /> : <Link name={name} />)}
    </Loaded>
  );
}

function Link({ name }: { name: string }) {
  const ask = useAsk();
  const factor = useSecondFactor();
  const link = useSubmission({
    send: (body: Proof) => ask("post", "/api/me/identity", { body }),
    onDone: ({ url }) => {
      window.location.assign(url);
    },
  });
  return (
    <Loaded query={factor} what={say.howYouLogIn}>
      {({ enabled }) => (
        <SettingsForm
          label={say.link(name)}
          submit={say.link(name)}
          asking={link}
          done={say.goingTo(name)}
          onSubmit={(form) => {
            link.submit(proofOf(form));
          }}
        >
          <p>
            {say.notLinked(name)}
          </p>
          <ProofFields withCode={enabled} wrong={faultsOf(link.error)} />
        </SettingsForm>
      )}
    </Loaded>
  );
}

function Linked({ name }: { name: string }) {
  const ask = useAsk();
  const { user } = useOwner();
  const toTop = useSectionTop();
  const client = useQueryClient();
  const unlink = useSubmission({
    send: () => ask("delete", "/api/me/identity"),
    onDone: () => {
      toTop();
      void client.invalidateQueries({ queryKey: IDENTITY });
    },
  });
  return (
    <div className="grid max-w-xl justify-items-start gap-4">
      <p>{say.isLinked(name)}</p>
      {user.has_password ? (
        <AskTwice
          label={say.unlink(name)}
          warning={say.onceUnlinked(name)}
          sure={say.unlinkIt}
          busy={unlink.isPending}
          error={unlink.error}
          onSure={() => {
            unlink.submit(undefined);
          }}
        />
      ) : (
        <p className="text-quiet">{say.passwordFirst}</p>
      )}
    </div>
  );
}
