import Link from "next/link";
import { buttonStyle } from "@/components/ui/button-style";
import { EmptyState } from "@/components/ui/empty-state";
import { paths } from "@/lib/client/paths";

export function AuditEmpty({ isStale, hasFilters }: { isStale: boolean; hasFilters: boolean }) {
  const showAll = (
    <Link href={paths.audit()} className={buttonStyle("secondary")}>
      Show the whole trail
    </Link>
  );
  if (isStale) {
    return (
      <EmptyState title="This page of the trail is no longer there" actions={showAll}>
        The link was made for other filters, or was cut off. Start again from the newest entry.
      </EmptyState>
    );
  }
  if (hasFilters) {
    return (
      <EmptyState title="No entry matches these filters" actions={showAll}>
        Take a filter off or widen the days. A run that had ended before a cancel leaves no entry.
      </EmptyState>
    );
  }
  return (
    <EmptyState title="The trail is empty">
      Each cancelled run leaves an entry here: who did it, why, when and from where.
    </EmptyState>
  );
}
