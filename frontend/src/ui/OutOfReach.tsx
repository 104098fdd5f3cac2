import * as say from "./words";

/** What only the server knows, while it cannot be asked. `isPart`: of something that is there. */
export function OutOfReach({ what, isPart = false }: { what: string; isPart?: boolean }) {
  if (isPart) {
    return (
      <p role="status" className="max-w-prose text-sm text-quiet">
        {say.thisNeedsAConnection} {say.offline(what)}
      </p>
    );
  }
  return (
    <div role="status" className="grid justify-items-start gap-2 border-t border-line py-10">
      <p className="font-display text-xl">{say.thisNeedsAConnection}</p>
      <p className="max-w-prose text-quiet">{say.offline(what)}</p>
    </div>
  );
}
