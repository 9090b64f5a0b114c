import Link from "next/link";
import { buttonStyle } from "@/components/ui/button-style";
import { EmptyState } from "@/components/ui/empty-state";
import { paths } from "@/lib/client/paths";

type Props = { problem: "filter" | "cursor" | undefined; hasFilters: boolean };

export function SecurityEmpty({ problem, hasFilters }: Props) {
  const showAll = (
    <Link href={paths.security()} className={buttonStyle("secondary")}>
      Show all attempts
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
      <EmptyState title="This page of the list is no longer there" actions={showAll}>
        The link was made for other filters, or was cut off. Start again from the newest attempt.
      </EmptyState>
    );
  }
  if (hasFilters) {
    return (
      <EmptyState title="No attempt matches these filters" actions={showAll}>
        Take a filter off or widen the days.
      </EmptyState>
    );
  }
  return (
    <EmptyState title="Nothing was refused yet">
      Requests that the admin API refuses and sign-ins that fail stand here: who tried what, and from where.
      What succeeds is in the audit trail.
    </EmptyState>
  );
}
