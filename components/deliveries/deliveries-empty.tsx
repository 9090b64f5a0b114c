import Link from "next/link";
import { buttonStyle } from "@/components/ui/button-style";
import { EmptyState } from "@/components/ui/empty-state";
import { paths } from "@/lib/client/paths";

type Props = { problem: "filter" | "cursor" | undefined; hasFilters: boolean };

export function DeliveriesEmpty({ problem, hasFilters }: Props) {
  const showAll = (
    <Link href={paths.deliveries()} className={buttonStyle("secondary")}>
      Show all deliveries
    </Link>
  );
  if (problem === "filter") {
    return (
      <EmptyState title="A filter can’t be read" actions={showAll}>
        The address names a state, an event, a customer, a webhook or a run that can’t be one. Choose from the
        lists; a run is named by its whole id.
      </EmptyState>
    );
  }
  if (problem === "cursor") {
    return (
      <EmptyState title="This page of the list is no longer there" actions={showAll}>
        The link was made for other filters, or was cut off. Start again from the newest delivery.
      </EmptyState>
    );
  }
  if (hasFilters) {
    return (
      <EmptyState title="No delivery matches these filters" actions={showAll}>
        Take a filter off. A run without a callback URL, of a customer without a webhook, tells nobody.
      </EmptyState>
    );
  }
  return (
    <EmptyState title="Nothing was delivered yet">
      When a run ends, its callback URL and its customer’s webhooks hear of it, and each delivery stands here.
    </EmptyState>
  );
}
