"use client";

import Link from "next/link";
import { useMemo } from "react";
import { ShortId } from "@/components/runs/short-id";
import { cx } from "@/components/ui/class-names";
import { DataTable } from "@/components/ui/data-table";
import { None } from "@/components/ui/key-values";
import { RelativeTime } from "@/components/ui/relative-time";
import { RowTime } from "@/components/ui/row-time";
import { RowLink } from "@/components/ui/row-link";
import { StoredText } from "@/components/ui/stored-text";
import type { Column } from "@/components/ui/table-column";
import { UrlText } from "@/components/ui/url-text";
import { paths } from "@/lib/client/paths";
import type { Delivery } from "@/lib/contract/deliveries";
import { describeAnswer } from "./attempt-errors";
import { DeliveryState } from "./delivery-state";

type Props = {
  deliveries: Delivery[];
  /** By ID. Without it, the table has no customer column: all rows belong to one customer. */
  orgNames?: Record<string, string>;
  hasAddress?: boolean;
};

export function DeliveryTable({ deliveries, orgNames, hasAddress = false }: Props) {
  const columns = useMemo(
    () => [
      ...startOf(hasAddress),
      ...(hasAddress ? [ADDRESS] : []),
      ...(orgNames ? [customerOf(orgNames)] : []),
      ...endOf(hasAddress),
    ],
    [orgNames, hasAddress],
  );
  return <DataTable label="Deliveries" rows={deliveries} columns={columns} />;
}

const startOf = (hasAddress: boolean): Column<Delivery>[] => [
  {
    id: "created",
    head: "Created",
    width: hasAddress ? "w-30 min-[90rem]:w-50" : "w-28",
    card: { order: 2, isRight: true },
    className: "text-ink-muted whitespace-nowrap",
    cell: ({ id, created_at }) => (
      <RowLink href={paths.delivery(id)}>
        {/* The table without addresses is in a panel, which has less room. */}
        {hasAddress ? <RowTime time={created_at} /> : <RelativeTime time={created_at} />}
      </RowLink>
    ),
  },
  {
    id: "state",
    head: "State",
    width: "w-28",
    card: { order: 1, span: 2 },
    cell: (delivery) => <DeliveryState delivery={delivery} />,
  },
  {
    id: "event",
    head: "Event",
    width: "w-44",
    card: { order: 3, span: 2 },
    className: "max-md:truncate",
    cell: ({ event, cause }) => (
      <>
        <code className="mono">{event}</code>
        {cause !== "transition" && (
          <span className="text-ink-muted ml-1.5">{cause === "test" ? "test" : "again"}</span>
        )}
      </>
    ),
  },
];

const ADDRESS: Column<Delivery> = {
  id: "address",
  head: "Address",
  card: { order: 5, span: 3 },
  className: "max-md:truncate",
  title: ({ url }) => url,
  cell: ({ url, webhook_id }) => (
    <>
      <span className="text-ink-muted">{webhook_id ? "webhook" : "callback"}</span> <UrlText url={url} />
    </>
  ),
};

const customerOf = (orgNames: Record<string, string>): Column<Delivery> => ({
  id: "customer",
  head: "Customer",
  width: "w-36",
  from: "xl",
  className: "text-ink-muted",
  cell: ({ org_id }) => <StoredText>{orgNames[org_id] ?? org_id}</StoredText>,
});

const answerOf = (delivery: Delivery): string | undefined =>
  delivery.attempt_count === 0 ? undefined : describeAnswer(delivery);

const endOf = (hasAddress: boolean): Column<Delivery>[] => [
  {
    id: "run",
    head: "Run",
    width: "w-34",
    card: { order: 4, isRight: true },
    className: "whitespace-nowrap",
    cell: ({ run_id: id }) =>
      id ? (
        <Link href={paths.run(id)} prefetch={false} className="text-accent relative z-10 hover:underline">
          <ShortId id={id} isAlwaysShort />
        </Link>
      ) : (
        <None />
      ),
  },
  {
    id: "answer",
    head: "Last response",
    // A medium screen has no room for both this and the customer.
    ...(hasAddress && { width: "w-32 xl:max-[90rem]:hidden" }),
    from: "lg",
    className: cx("text-ink-muted", hasAddress && "xl:max-[90rem]:hidden"),
    title: answerOf,
    cell: (delivery) => answerOf(delivery) ?? <None />,
  },
  {
    id: "attempts",
    head: "Attempts",
    width: "w-22",
    from: "lg",
    isNumber: true,
    className: "text-ink-muted",
    cell: ({ attempt_count }) => attempt_count,
  },
];
