import Link from "next/link";
import { buttonStyle } from "@/components/ui/button-style";
import { EmptyState } from "@/components/ui/empty-state";
import { paths } from "@/lib/client/paths";

type Props = { problem: "filter" | "cursor" | undefined };

export function PeopleEmpty({ problem }: Props) {
  const showAll = (
    <Link href={paths.people()} className={buttonStyle("secondary")}>
      Show everyone
    </Link>
  );
  if (problem === "filter") {
    return (
      <EmptyState title="A filter can’t be read" actions={showAll}>
        The address names a role or a state that there is not. Choose one from the list.
      </EmptyState>
    );
  }
  if (problem === "cursor") {
    return (
      <EmptyState title="This page of the list is no longer there" actions={showAll}>
        The link was made for other filters, or was cut off. Start again from the first name.
      </EmptyState>
    );
  }
  return (
    <EmptyState title="Nobody matches these filters" actions={showAll}>
      Take a filter off. People who reach customers that you don’t are not shown to you.
    </EmptyState>
  );
}
