"use client";

import Link from "next/link";
import { useRef } from "react";
import { describeEvents } from "@/components/deliveries/event-words";
import { HeadCell } from "@/components/ui/head-cell";
import { None } from "@/components/ui/key-values";
import { Mark } from "@/components/ui/mark";
import { RelativeTime } from "@/components/ui/relative-time";
import { StoredText } from "@/components/ui/stored-text";
import { CELL, ROW, TABLE } from "@/components/ui/table-style";
import { useRowKeys } from "@/components/ui/use-row-keys";
import { paths } from "@/lib/client/paths";
import type { Webhook } from "@/lib/contract/webhooks";
import { WebhookState } from "./webhook-state";

type Props = { webhooks: Webhook[]; orgNames: Record<string, string> };

export function WebhookTable({ webhooks, orgNames }: Props) {
  const table = useRef<HTMLTableElement>(null);
  useRowKeys(table);
  return (
    <table ref={table} role="table" aria-label="Webhooks" className={TABLE}>
      <thead role="rowgroup" className="max-md:sr-only">
        <tr role="row">
          <HeadCell className="w-28">State</HeadCell>
          <HeadCell>Address</HeadCell>
          <HeadCell className="w-44">Customer</HeadCell>
          <HeadCell className="w-64 max-lg:hidden">When a run</HeadCell>
          <HeadCell className="w-32">Last accepted</HeadCell>
          <HeadCell className="w-34 text-right max-lg:hidden">Failures</HeadCell>
        </tr>
      </thead>
      <tbody role="rowgroup" className="max-md:block">
        {webhooks.map((webhook) => (
          <Row key={webhook.id} webhook={webhook} customer={orgNames[webhook.org_id]} />
        ))}
      </tbody>
    </table>
  );
}

function Row({ webhook, customer }: { webhook: Webhook; customer: string | undefined }) {
  const { id, url, description, event_types, last_success_at, failures_in_row } = webhook;
  const events = describeEvents(event_types);
  return (
    <tr role="row" className={ROW}>
      <td role="cell" className={`${CELL} max-md:order-2 max-md:text-right`}>
        <WebhookState webhook={webhook} />
      </td>
      <td role="cell" className={`${CELL} max-md:order-1 max-md:col-span-2 max-md:truncate`}>
        <Link
          href={paths.webhook(id)}
          prefetch={false}
          data-row
          title={url}
          className="stretched mono outline-none"
        >
          {url}
        </Link>
        {description && (
          <span className="text-ink-muted ml-2 max-xl:hidden">
            <StoredText>{description}</StoredText>
          </span>
        )}
      </td>
      <td role="cell" className={`${CELL} text-ink-muted max-md:order-3 max-md:col-span-2`}>
        {customer ? <StoredText>{customer}</StoredText> : <None />}
      </td>
      <td role="cell" title={events} className={`${CELL} text-ink-muted max-lg:hidden`}>
        {events}
      </td>
      <td role="cell" className={`${CELL} text-ink-muted whitespace-nowrap max-md:order-4 max-md:text-right`}>
        {last_success_at ? <RelativeTime time={last_success_at} /> : <None />}
      </td>
      <td role="cell" className={`${CELL} text-right max-lg:hidden`}>
        {failures_in_row > 0 ? <Mark tone="warn">{failures_in_row} in a row</Mark> : <None />}
      </td>
    </tr>
  );
}
