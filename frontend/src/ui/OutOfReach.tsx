/** What only the server knows, while it cannot be asked. */
export function OutOfReach({ what }: { what: string }) {
  return (
    <div role="status" className="grid justify-items-start gap-2 border-t border-line py-10">
      <p className="font-display text-xl">This needs a connection.</p>
      <p className="max-w-prose text-quiet">You will see {what} here as soon as Taskora can be reached again.</p>
    </div>
  );
}
