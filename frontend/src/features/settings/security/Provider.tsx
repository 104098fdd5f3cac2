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

const IDENTITY = ["settings", "identity"];

/** Where somebody runs Taskora without a provider, it says so. */
export function Provider() {
  const ask = useAsk();
  const methods = useQuery({ queryKey: ["methods"], queryFn: ({ signal }) => ask("get", "/api/auth/methods", { signal }) });
  return (
    <Loaded query={methods} what="How you may sign in">
      {({ oidc }) => (oidc === null ? <p className="text-quiet">This Taskora has no sign-in provider. You log in with your password.</p> : <Identity />)}
    </Loaded>
  );
}

function Identity() {
  const ask = useAsk();
  const identity = useQuery({ queryKey: IDENTITY, queryFn: ({ signal }) => ask("get", "/api/me/identity", { signal }), staleTime: 0 });
  return (
    <Loaded query={identity} what="Your sign-in provider">
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
    <Loaded query={factor} what="How you log in">
      {({ enabled }) => (
        <SettingsForm
          label={`Link ${name}`}
          submit={`Link ${name}`}
          asking={link}
          done={`Going to ${name}…`}
          onSubmit={(form) => {
            link.submit(proofOf(form));
          }}
        >
          <p>
            Your account is not linked with {name}. Once it is, you may also come in by signing in there. You sign in there now, and come back here.
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
      <p>You may sign in with {name}.</p>
      {user.has_password ? (
        <AskTwice
          label={`Unlink ${name}`}
          warning={`From then on you log in with your password alone. Your account at ${name} stays as it is.`}
          sure="Unlink it"
          busy={unlink.isPending}
          error={unlink.error}
          onSure={() => {
            unlink.submit(undefined);
          }}
        />
      ) : (
        <p className="text-quiet">To unlink it, set a password first: it is your only way in.</p>
      )}
    </div>
  );
}
