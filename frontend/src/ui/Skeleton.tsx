const widths = ["w-2/3", "w-1/2", "w-3/5", "w-5/12", "w-7/12"];

/** Where rows will stand. What is being loaded is said for those who do not see it. */
export function Skeleton({ what, rows = 3 }: { what: string; rows?: number }) {
  return (
    <div className="border-t border-line">
      <p role="status" className="sr-only">
        {what}
      </p>
      <div aria-hidden="true" className="divide-y divide-line">
        {Array.from({ length: rows }, (_, row) => (
          <div key={row} className="flex items-center gap-3 py-3.5">
            <div className="size-6 rounded-full bg-line" />
            <div className={`h-4 rounded bg-line ${widths[row % widths.length] ?? ""}`} />
          </div>
        ))}
      </div>
    </div>
  );
}
