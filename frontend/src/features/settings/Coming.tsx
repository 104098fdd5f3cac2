/** Where something to set will stand. What is awaited is said for those who do not see it. */
export function Coming({ what }: { what: string }) {
  return (
    <div className="max-w-xl">
      <p role="status" className="sr-only">
        {what}
      </p>
      <div aria-hidden="true" className="grid gap-3">
        <div className="h-4 w-5/6 rounded bg-line" />
        <div className="h-4 w-3/5 rounded bg-line" />
        <div className="mt-2 h-10 rounded-md bg-line" />
      </div>
    </div>
  );
}
