/** Warns that the page may be out of date. */
export function InterruptedNotice({ isShown }: { isShown: boolean }) {
  return (
    <span role="status" className="text-ink-muted inline-flex items-center gap-1.5 text-sm">
      {isShown && (
        <>
          <span aria-hidden className="filled bg-status-partial size-1.5 rounded-full" />
          Updates are interrupted. Reconnecting
        </>
      )}
    </span>
  );
}
