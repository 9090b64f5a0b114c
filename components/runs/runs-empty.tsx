import Link from "next/link";
import { buttonStyle } from "@/components/ui/button-style";
import { EmptyState } from "@/components/ui/empty-state";
import { paths } from "@/lib/client/paths";

type Props = { problem: "expression" | "cursor" | undefined; hasFilters: boolean };

export function RunsEmpty({ problem, hasFilters }: Props) {
  const showAll = (
    <Link href={paths.runs()} className={buttonStyle("secondary")}>
      Show all runs
    </Link>
  );
  if (problem === "expression") {
    return (
      <EmptyState title="The expression can’t be answered" actions={showAll}>
        What is wrong with it stands below the box. Correct it and press Enter.
      </EmptyState>
    );
  }
  if (problem === "cursor") {
    return (
      <EmptyState title="This page of the list is no longer there" actions={showAll}>
        The link was made for another filter, or was cut off. Start again from the first page.
      </EmptyState>
    );
  }
  if (hasFilters) {
    return (
      <EmptyState title="No run matches these filters" actions={showAll}>
        Take a filter off, or look the run up by its id: an id is found whatever the filters say.
      </EmptyState>
    );
  }
  return (
    <EmptyState title="No runs yet">
      Runs of the customers in your reach appear here as soon as one is created. If you expected some, ask an
      admin which customers your account reaches.
    </EmptyState>
  );
}
