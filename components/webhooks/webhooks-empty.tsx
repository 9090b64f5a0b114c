import Link from "next/link";
import { buttonStyle } from "@/components/ui/button-style";
import { EmptyState } from "@/components/ui/empty-state";
import { paths } from "@/lib/client/paths";

type Props = { problem: "filter" | "cursor" | undefined; customer: string | undefined };

export function WebhooksEmpty({ problem, customer }: Props) {
  const showAll = (
    <Link href={paths.webhooks()} className={buttonStyle("secondary")}>
      Show all webhooks
    </Link>
  );
  if (problem === "filter") {
    return (
      <EmptyState title="There is no such customer" actions={showAll}>
        The address names a customer that doesn’t exist or that you don’t reach.
      </EmptyState>
    );
  }
  if (problem === "cursor") {
    return (
      <EmptyState title="This page of the list is no longer there" actions={showAll}>
        The link was cut off or made for another list. Start again from the newest webhook.
      </EmptyState>
    );
  }
  return (
    <EmptyState title={customer ? `${customer} has no webhook` : "There is no webhook yet"}>
      A webhook tells a customer’s server how each run ended. Runs with a callback URL of their own are called
      back without one.
    </EmptyState>
  );
}
