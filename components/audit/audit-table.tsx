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
import { plainStored } from "@/lib/client/bidi";
import { paths } from "@/lib/client/paths";
import type { AuditEntry } from "@/lib/contract/audit";
import { ACTION_WORDS } from "./action-words";

type Props = { entries: AuditEntry[]; orgNames: Record<string, string> };

export function AuditTable({ entries, orgNames }: Props) {
  const table = useRef<HTMLTableElement>(null);
  useRowKeys(table);
  return (
    <table ref={table} role="table" aria-label="Audit entries" className={TABLE}>
      <thead role="rowgroup" className="max-md:sr-only">
        <tr role="row">
          <HeadCell className="w-28">When</HeadCell>
          <HeadCell className="w-36 xl:w-48">Who</HeadCell>
          <HeadCell className="w-34">Action</HeadCell>
          <HeadCell className="w-34">On</HeadCell>
          <HeadCell className="w-44 max-xl:hidden">Customer</HeadCell>
          <HeadCell>Reason</HeadCell>
          <HeadCell className="w-28 max-lg:hidden 2xl:w-52">From</HeadCell>
        </tr>
      </thead>
      <tbody role="rowgroup" className="max-md:block">
        {entries.map((entry) => (
          <Row key={entry.id} entry={entry} customer={orgNames[entry.org_id]} />
        ))}
      </tbody>
    </table>
  );
}

function Row({ entry, customer }: { entry: AuditEntry; customer: string | undefined }) {
  const { actor, context, meta, target } = entry;
  return (
    <tr role="row" className={ROW}>
      <td role="cell" className={`${CELL} text-ink-muted whitespace-nowrap max-md:order-2 max-md:text-right`}>
        <Link href={paths.auditEntry(entry.id)} prefetch={false} data-row className="stretched outline-none">
          <RelativeTime time={entry.occurred_at} />
        </Link>
      </td>
      <td
        role="cell"
        title={[
          plainStored(actor.name),
          actor.key_prefix,
          actor.owner && `owned by ${plainStored(actor.owner.name)}`,
        ]
          .filter(Boolean)
          .join(" ")}
        className={`${CELL} truncate font-medium whitespace-nowrap max-md:order-1 max-md:col-span-2`}
      >
        <StoredText>{actor.name}</StoredText>
        {actor.key_prefix && (
          <code className="mono text-ink-muted ml-1.5 font-normal">{actor.key_prefix}…</code>
        )}
        {actor.owner && (
          <span className="text-ink-muted block truncate text-sm font-normal">
            owned by <StoredText>{actor.owner.name}</StoredText>
          </span>
        )}
      </td>
      <td role="cell" className={`${CELL} whitespace-nowrap max-md:order-3 max-md:col-span-2`}>
        {ACTION_WORDS[entry.action]}
      </td>
      <td role="cell" className={`${CELL} whitespace-nowrap max-md:order-4 max-md:text-right`}>
        {target.type === "run" ? (
          <Link
            href={paths.run(target.id)}
            prefetch={false}
            className="text-accent relative z-10 hover:underline"
          >
            <ShortId id={target.id} isAlwaysShort />
          </Link>
        ) : (
          <span
            className="inline-block max-w-full truncate align-bottom max-md:max-w-48"
            title={plainStored(target.label)}
          >
            <StoredText>{target.label}</StoredText>
          </span>
        )}
      </td>
      <td role="cell" className={`${CELL} text-ink-muted whitespace-nowrap max-xl:hidden`}>
        {customer ? <StoredText>{customer}</StoredText> : <None />}
      </td>
      <td
        role="cell"
        title={meta.reason ? plainStored(meta.reason) : undefined}
        className={`${CELL} max-md:order-5 max-md:col-span-3 max-md:wrap-anywhere`}
      >
        {"unreadable" in meta ? (
          "Unreadable: not written by the console"
        ) : meta.reason ? (
          <StoredText>{meta.reason}</StoredText>
        ) : (
          <None />
        )}
      </td>
      <td role="cell" className={`${CELL} text-ink-muted whitespace-nowrap max-lg:hidden`}>
        {context.source}
        {context.ip && <span className="mono ml-1.5 max-2xl:hidden">{context.ip}</span>}
      </td>
    </tr>
  );
}
