"use client";

import { useState } from "react";
import { DataTable } from "@/components/ui/data-table";
import { None } from "@/components/ui/key-values";
import { RowTime } from "@/components/ui/row-time";
import { RowButton } from "@/components/ui/row-link";
import { StoredText } from "@/components/ui/stored-text";
import type { Column } from "@/components/ui/table-column";
import type { SecurityFilters } from "@/lib/client/security-filters";
import type { SecurityEvent } from "@/lib/contract/security";
import { EventDialog } from "./event-dialog";
import { KIND_WORDS } from "./kind-words";

type Props = { events: SecurityEvent[]; filters: SecurityFilters; orgNames: Record<string, string> };

export function SecurityTable({ events, filters, orgNames }: Props) {
  const [shown, setShown] = useState<SecurityEvent>();
  const [isOpen, setOpen] = useState(false);
  const open = (event: SecurityEvent) => {
    setShown(event);
    setOpen(true);
  };
  return (
    <>
      <DataTable label="Denied requests" rows={events} columns={COLUMNS} onOpen={open} />
      {shown && (
        <EventDialog
          event={shown}
          customer={shown.org_id && (orgNames[shown.org_id] ?? shown.org_id)}
          filters={filters}
          isOpen={isOpen}
          onClose={() => setOpen(false)}
        />
      )}
    </>
  );
}

const COLUMNS: readonly Column<SecurityEvent>[] = [
  {
    id: "when",
    head: "When",
    width: "w-30 min-[90rem]:w-50",
    card: { order: 2, isRight: true },
    className: "text-ink-muted whitespace-nowrap",
    cell: ({ occurred_at }) => (
      <RowButton>
        <RowTime time={occurred_at} />
      </RowButton>
    ),
  },
  {
    id: "who",
    head: "Actor",
    width: "w-36 xl:w-52",
    card: { order: 1, span: 2 },
    className: "truncate font-medium whitespace-nowrap",
    cell: ({ actor }) => (
      <>
        {actor.name ? <StoredText>{actor.name}</StoredText> : <None />}
        {actor.key_prefix && (
          <code className="mono text-ink-muted ml-1.5 font-normal">{actor.key_prefix}…</code>
        )}
      </>
    ),
  },
  {
    id: "answer",
    head: "Response",
    width: "w-56 max-lg:w-48",
    card: { order: 3, span: 2 },
    className: "whitespace-nowrap max-md:truncate",
    title: ({ code }) => code,
    cell: ({ status, code }) => (
      <>
        <span className="font-medium tabular-nums">{status}</span> <code className="mono">{code}</code>
      </>
    ),
  },
  {
    id: "request",
    head: "Request",
    card: { order: 5, span: 3 },
    className: "max-md:truncate",
    title: ({ method, path }) => `${method} ${path}`,
    cell: ({ kind, method, path }) => (
      <>
        {kind !== "request.refused" && <span className="font-medium">{KIND_WORDS[kind]} </span>}
        <code className="mono">
          <span className="text-ink-muted">{method}</span> {path}
        </code>
      </>
    ),
  },
  {
    id: "address",
    head: "IP address",
    width: "w-36",
    from: "lg",
    className: "text-ink-muted mono",
    cell: ({ context }) => context.ip ?? <None />,
  },
];
