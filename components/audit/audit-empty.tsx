import Link from "next/link";
import { buttonStyle } from "@/components/ui/button-style";
import { EmptyState } from "@/components/ui/empty-state";
import { paths } from "@/lib/client/paths";

type Props = { problem: "filter" | "cursor" | undefined; hasFilters: boolean };

export function AuditEmpty({ problem, hasFilters }: Props) {
  const showAll = (
    <Link href={paths.audit()} className={buttonStyle("secondary")}>
      Show the whole trail
    </Link>
  );
  if (problem === "filter") {
    return (
      <EmptyState title="A filter can’t be read" actions={showAll}>
        What is wrong with it stands beside it. Correct it or take it off.
      </EmptyState>
    );
  }
  if (problem === "cursor") {
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
