import Link from "next/link";
import { buttonStyle } from "@/components/ui/button-style";
import { EmptyState } from "@/components/ui/empty-state";
import { paths } from "@/lib/client/paths";

type Props = { problem: "filter" | "cursor" | undefined; hasFilters: boolean };

export function KeysEmpty({ problem, hasFilters }: Props) {
  const showAll = (
    <Link href={paths.keys()} className={buttonStyle("secondary")}>
      Show all keys
    </Link>
  );
  if (problem === "filter") {
    return (
      <EmptyState title="A filter can’t be read" actions={showAll}>
        The address names a kind, a state, a customer or an owner that can’t be one. Choose from the lists.
      </EmptyState>
    );
  }
  if (problem === "cursor") {
    return (
      <EmptyState title="This page of the list is no longer there" actions={showAll}>
        The link was made for other filters, or was cut off. Start again from the newest key.
      </EmptyState>
    );
  }
  if (hasFilters) {
    return (
      <EmptyState title="No key matches these filters" actions={showAll}>
        Take a filter off. A key is found by its name and by its first twelve characters, as in{" "}
        <code className="mono">rf_live_4kQz</code>.
      </EmptyState>
    );
  }
  return (
    <EmptyState title="There is no key in your reach">
      A customer’s inference key creates and reads the runs of that customer; a service key does for a script
      what you do here.
    </EmptyState>
  );
}
