export function Mark({ className = "" }: { className?: string }) {
  return (
    <p className={`flex items-center gap-2 font-display text-xl ${className}`}>
      <img src="/mark.svg" alt="" width="26" height="26" />
      Taskora
    </p>
  );
}
