"use client";

import Link from "next/link";
import { useRef } from "react";
import { ShortId } from "@/components/runs/short-id";
import { HeadCell } from "@/components/ui/head-cell";
import { None } from "@/components/ui/key-values";
import { RelativeTime } from "@/components/ui/relative-time";
import { StoredText } from "@/components/ui/stored-text";
import { CELL, ROW, TABLE } from "@/components/ui/table-style";
import { useRowKeys } from "@/components/ui/use-row-keys";
import { paths } from "@/lib/client/paths";
import type { Delivery } from "@/lib/contract/deliveries";
import { describeAnswer } from "./attempt-errors";
import { DeliveryState } from "./delivery-state";

type Props = {
  deliveries: Delivery[];
  /** By id; without it the column is left out, as all are of one customer. */
  orgNames?: Record<string, string>;
  /** Without it, so is the column with the address. */
  hasAddress?: boolean;
};

export function DeliveryTable({ deliveries, orgNames, hasAddress = false }: Props) {
  const table = useRef<HTMLTableElement>(null);
  useRowKeys(table);
  return (
    <table ref={table} role="table" aria-label="Deliveries" className={TABLE}>
      <thead role="rowgroup" className="max-md:sr-only">
        <tr role="row">
          <HeadCell className="w-28">Created</HeadCell>
          <HeadCell className="w-28">State</HeadCell>
          <HeadCell className="w-44">Event</HeadCell>
          {hasAddress && <HeadCell>Address</HeadCell>}
          {orgNames && <HeadCell className="w-40 max-xl:hidden">Customer</HeadCell>}
          <HeadCell className="w-34">Run</HeadCell>
          <HeadCell className={hasAddress ? "w-52 max-lg:hidden" : "max-lg:hidden"}>Last answer</HeadCell>
          <HeadCell className="w-24 text-right max-lg:hidden">Attempts</HeadCell>
        </tr>
      </thead>
      <tbody role="rowgroup" className="max-md:block">
        {deliveries.map((delivery) => (
          <Row
            key={delivery.id}
            delivery={delivery}
            customer={orgNames && (orgNames[delivery.org_id] ?? delivery.org_id)}
            hasAddress={hasAddress}
          />
        ))}
      </tbody>
    </table>
  );
}

type RowProps = { delivery: Delivery; customer: string | undefined; hasAddress: boolean };

function Row({ delivery, customer, hasAddress }: RowProps) {
  const { id, created_at, event, cause, url, run_id, webhook_id, attempt_count } = delivery;
  const last = attempt_count === 0 ? undefined : describeAnswer(delivery);
  return (
    <tr role="row" className={ROW}>
      <td role="cell" className={`${CELL} text-ink-muted whitespace-nowrap max-md:order-2 max-md:text-right`}>
        <Link href={paths.delivery(id)} prefetch={false} data-row className="stretched outline-none">
          <RelativeTime time={created_at} />
        </Link>
      </td>
      <td role="cell" className={`${CELL} max-md:order-1 max-md:col-span-2`}>
        <DeliveryState delivery={delivery} />
      </td>
      <td role="cell" className={`${CELL} max-md:order-3 max-md:col-span-2 max-md:truncate`}>
        <code className="mono">{event}</code>
        {cause !== "transition" && (
          <span className="text-ink-muted ml-1.5">{cause === "test" ? "test" : "again"}</span>
        )}
      </td>
      {hasAddress && (
        <td role="cell" title={url} className={`${CELL} max-md:order-5 max-md:col-span-3 max-md:truncate`}>
          <span className="text-ink-muted">{webhook_id ? "webhook" : "callback"}</span>{" "}
          <span className="mono">{url.replace(/^https?:\/\//, "")}</span>
        </td>
      )}
      {customer && (
        <td role="cell" className={`${CELL} text-ink-muted max-xl:hidden`}>
          <StoredText>{customer}</StoredText>
        </td>
      )}
      <td role="cell" className={`${CELL} whitespace-nowrap max-md:order-4 max-md:text-right`}>
        {run_id ? (
          <Link
            href={paths.run(run_id)}
            prefetch={false}
            className="text-accent relative z-10 hover:underline"
          >
            <ShortId id={run_id} isAlwaysShort />
          </Link>
        ) : (
          <None />
        )}
      </td>
      <td role="cell" title={last} className={`${CELL} text-ink-muted max-lg:hidden`}>
        {last ?? <None />}
      </td>
      <td role="cell" className={`${CELL} text-ink-muted text-right tabular-nums max-lg:hidden`}>
        {attempt_count}
      </td>
    </tr>
  );
}
