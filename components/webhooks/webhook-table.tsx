"use client";

import { useMemo } from "react";
import { describeEvents } from "@/components/deliveries/event-words";
import { DataTable } from "@/components/ui/data-table";
import { None } from "@/components/ui/key-values";
import { Mark } from "@/components/ui/mark";
import { RelativeTime } from "@/components/ui/relative-time";
import { RowLink } from "@/components/ui/row-link";
import { StoredText } from "@/components/ui/stored-text";
import type { Column } from "@/components/ui/table-column";
import { UrlText } from "@/components/ui/url-text";
import { paths } from "@/lib/client/paths";
import type { Webhook } from "@/lib/contract/webhooks";
import { WebhookState } from "./webhook-state";

type Props = { webhooks: Webhook[]; orgNames: Record<string, string> };

export function WebhookTable({ webhooks, orgNames }: Props) {
  const columns = useMemo(() => columnsOf(orgNames), [orgNames]);
  return <DataTable label="Webhooks" rows={webhooks} columns={columns} />;
}

const columnsOf = (orgNames: Record<string, string>): Column<Webhook>[] => [
  {
    id: "state",
    head: "State",
    width: "w-28",
    card: { order: 2, isRight: true },
    cell: (webhook) => <WebhookState webhook={webhook} />,
  },
  {
    id: "address",
    head: "Address",
    card: { order: 1, span: 2 },
    className: "max-md:truncate",
    cell: ({ id, url, description }) => (
      <>
        <RowLink href={paths.webhook(id)} title={url}>
          <UrlText url={url} />
        </RowLink>
        {description && (
          <span className="text-ink-muted ml-2 max-xl:hidden">
            <StoredText>{description}</StoredText>
          </span>
        )}
      </>
    ),
  },
  {
    id: "customer",
    head: "Customer",
    width: "w-44",
    card: { order: 3, span: 2 },
    className: "text-ink-muted",
    cell: ({ org_id }) => (orgNames[org_id] ? <StoredText>{orgNames[org_id]}</StoredText> : <None />),
  },
  {
    id: "events",
    head: "Events",
    width: "w-64",
    from: "lg",
    className: "text-ink-muted",
    title: ({ event_types }) => describeEvents(event_types),
    cell: ({ event_types }) => describeEvents(event_types),
  },
  {
    id: "last-accepted",
    head: "Last accepted",
    width: "w-32",
    card: { order: 4, isRight: true },
    className: "text-ink-muted whitespace-nowrap",
    cell: ({ last_success_at: time }) => (time ? <RelativeTime time={time} /> : <None />),
  },
  {
    id: "failures",
    head: "Failures",
    width: "w-34",
    from: "lg",
    isNumber: true,
    cell: ({ failures_in_row: count }) =>
      count > 0 ? <Mark tone="warn">{count === 1 ? "1" : `${count} in a row`}</Mark> : <None />,
  },
];
