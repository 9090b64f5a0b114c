/** Shown at the end of the audit log once its oldest months are archived. */
export function RetiredNotice({ until }: { until: string }) {
  const day = until.slice(0, 10);
  return (
    <p className="text-ink-muted px-4 py-3 text-sm lg:px-6">
      Entries from before <time dateTime={until}>{day}</time> (UTC) have been moved to archives and are not
      listed here.
    </p>
  );
}
