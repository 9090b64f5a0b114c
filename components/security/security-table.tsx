"use client";

import { useRef, useState } from "react";
import { HeadCell } from "@/components/ui/head-cell";
import { None } from "@/components/ui/key-values";
import { RelativeTime } from "@/components/ui/relative-time";
import { StoredText } from "@/components/ui/stored-text";
import { CELL, ROW, TABLE } from "@/components/ui/table-style";
import { useRowKeys } from "@/components/ui/use-row-keys";
import type { SecurityFilters } from "@/lib/client/security-filters";
import type { SecurityEvent } from "@/lib/contract/security";
import { EventDialog } from "./event-dialog";
import { KIND_WORDS } from "./kind-words";

type Props = { events: SecurityEvent[]; filters: SecurityFilters; orgNames: Record<string, string> };

export function SecurityTable({ events, filters, orgNames }: Props) {
  const table = useRef<HTMLTableElement>(null);
  useRowKeys(table);
  const [shown, setShown] = useState<SecurityEvent>();
  const [isOpen, setOpen] = useState(false);
  const open = (event: SecurityEvent) => {
    setShown(event);
    setOpen(true);
  };
  return (
    <>
      <table ref={table} role="table" aria-label="Security events" className={TABLE}>
        <thead role="rowgroup" className="max-md:sr-only">
          <tr role="row">
            <HeadCell className="w-28">When</HeadCell>
            <HeadCell className="w-36 xl:w-52">Who</HeadCell>
            <HeadCell className="w-34">Kind</HeadCell>
            <HeadCell className="w-56 max-lg:w-48">Answer</HeadCell>
            <HeadCell>Request</HeadCell>
            <HeadCell className="w-36 max-lg:hidden">From</HeadCell>
          </tr>
        </thead>
        <tbody role="rowgroup" className="max-md:block">
          {events.map((event) => (
            <Row key={event.id} event={event} onOpen={() => open(event)} />
          ))}
        </tbody>
      </table>
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

function Row({ event, onOpen }: { event: SecurityEvent; onOpen: () => void }) {
  const { occurred_at, kind, status, code, method, path, actor, context } = event;
  return (
    <tr role="row" className={ROW}>
      <td role="cell" className={`${CELL} text-ink-muted whitespace-nowrap max-md:order-2 max-md:text-right`}>
        <button
          type="button"
          data-row
          aria-haspopup="dialog"
          onClick={onOpen}
          className="stretched cursor-pointer outline-none"
        >
          <RelativeTime time={occurred_at} />
        </button>
      </td>
      <td
        role="cell"
        className={`${CELL} truncate font-medium whitespace-nowrap max-md:order-1 max-md:col-span-2`}
      >
        {actor.name ? <StoredText>{actor.name}</StoredText> : <None />}
        {actor.key_prefix && (
          <code className="mono text-ink-muted ml-1.5 font-normal">{actor.key_prefix}…</code>
        )}
      </td>
      <td role="cell" className={`${CELL} whitespace-nowrap max-md:order-4 max-md:text-right`}>
        {KIND_WORDS[kind]}
      </td>
      <td
        role="cell"
        title={code}
        className={`${CELL} whitespace-nowrap max-md:order-3 max-md:col-span-2 max-md:truncate`}
      >
        <span className="text-danger font-medium tabular-nums">{status}</span>{" "}
        <code className="mono">{code}</code>
      </td>
      <td
        role="cell"
        title={`${method} ${path}`}
        className={`${CELL} max-md:order-5 max-md:col-span-3 max-md:truncate`}
      >
        <code className="mono">
          <span className="text-ink-muted">{method}</span> {path}
        </code>
      </td>
      <td role="cell" className={`${CELL} text-ink-muted mono max-lg:hidden`}>
        {context.ip ?? <None />}
      </td>
    </tr>
  );
}
