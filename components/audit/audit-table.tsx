"use client";

import Link from "next/link";
import { useMemo } from "react";
import { ShortId } from "@/components/runs/short-id";
import { DataTable } from "@/components/ui/data-table";
import { None } from "@/components/ui/key-values";
import { Moment } from "@/components/ui/moment";
import { RelativeTime } from "@/components/ui/relative-time";
import { RowLink } from "@/components/ui/row-link";
import { StoredText } from "@/components/ui/stored-text";
import type { Column } from "@/components/ui/table-column";
import { plainStored } from "@/lib/client/bidi";
import { formatAbsolute } from "@/lib/client/format-time";
import { paths } from "@/lib/client/paths";
import type { AuditEntry } from "@/lib/contract/audit";
import { ACTION_WORDS } from "./action-words";

type Props = { entries: AuditEntry[]; orgNames: Record<string, string> };

export function AuditTable({ entries, orgNames }: Props) {
  const columns = useMemo(() => columnsOf(orgNames), [orgNames]);
  return <DataTable label="Audit entries" rows={entries} columns={columns} />;
}

const columnsOf = (orgNames: Record<string, string>): Column<AuditEntry>[] => [
  {
    id: "when",
    head: "When",
    width: "w-42 2xl:w-64",
    card: { order: 2, isRight: true },
    className: "whitespace-nowrap",
    cell: ({ id, occurred_at }) => (
      <>
        <RowLink href={paths.auditEntry(id)} className="text-accent tabular-nums">
          <Moment time={occurred_at}>{formatAbsolute(occurred_at).slice(0, 19)}</Moment>
        </RowLink>
        <RelativeTime time={occurred_at} className="text-ink-muted ml-2 text-sm max-2xl:hidden" />
      </>
    ),
  },
  {
    id: "actor",
    head: "Actor",
    width: "w-40 xl:w-48 min-[90rem]:w-68",
    card: { order: 1, span: 2 },
    className: "truncate font-medium whitespace-nowrap md:py-1",
    title: ({ actor }) =>
      [
        plainStored(actor.name),
        actor.key_prefix,
        actor.owner && `owned by ${plainStored(actor.owner.name)}`,
        actor.email,
        actor.maker && actor.maker.id !== actor.owner?.id && `made by ${actor.maker.email}`,
      ]
        .filter(Boolean)
        .join(" "),
    cell: ({ actor }) => <Actor actor={actor} />,
  },
  {
    id: "action",
    head: "Action",
    width: "w-40",
    card: { order: 3 },
    className: "whitespace-nowrap",
    cell: ({ action }) => ACTION_WORDS[action],
  },
  {
    id: "target",
    head: "Target",
    width: "w-36 2xl:w-48",
    card: { order: 4, span: 2, isRight: true },
    className: "whitespace-nowrap",
    cell: ({ target }) => <Target target={target} />,
  },
  {
    id: "customer",
    head: "Customer",
    width: "w-38 2xl:w-44",
    from: "xl",
    className: "text-ink-muted whitespace-nowrap",
    cell: ({ org_id }) => (orgNames[org_id] ? <StoredText>{orgNames[org_id]}</StoredText> : <None />),
  },
  {
    id: "reason",
    head: "Reason",
    card: { order: 5, span: 3 },
    // Below 2xl it is the last column.
    className: "max-md:wrap-anywhere max-md:has-[[data-none]]:hidden md:max-2xl:pr-(--edge)!",
    title: ({ meta }) => (meta.reason ? plainStored(meta.reason) : undefined),
    cell: ({ meta }) =>
      "unreadable" in meta ? (
        "Unreadable: not written by the console"
      ) : meta.reason ? (
        <StoredText>{meta.reason}</StoredText>
      ) : (
        <None />
      ),
  },
  {
    id: "source",
    head: "Source",
    width: "w-24 2xl:w-52",
    from: "2xl",
    className: "text-ink-muted whitespace-nowrap",
    cell: ({ context }) => (
      <>
        {context.source}
        {context.ip && <span className="mono ml-1.5 max-2xl:hidden">{context.ip}</span>}
      </>
    ),
  },
];

const Actor = ({ actor }: Pick<AuditEntry, "actor">) => (
  <>
    <StoredText>{actor.name}</StoredText>
    {actor.owner && (
      <span className="text-ink-muted font-normal max-md:block max-md:truncate max-md:text-sm">
        <span className="max-md:hidden">, </span>owned by <StoredText>{actor.owner.name}</StoredText>
      </span>
    )}
    {actor.key_prefix && !actor.owner && (
      <code className="mono text-ink-muted font-normal max-md:hidden md:ml-1.5">{actor.key_prefix}…</code>
    )}
    {/* Names can resemble each other; addresses are unique. */}
    {actor.email && <span className="text-ink-muted block truncate text-sm font-normal">{actor.email}</span>}
  </>
);

const Target = ({ target }: Pick<AuditEntry, "target">) =>
  target.type === "run" ? (
    <Link href={paths.run(target.id)} prefetch={false} className="text-accent relative z-10 hover:underline">
      <ShortId id={target.id} isAlwaysShort />
    </Link>
  ) : target.type === "batch" ? (
    <Link
      href={paths.cancellation(target.id)}
      prefetch={false}
      className="text-accent relative z-10 hover:underline"
    >
      {plainStored(target.label)}
    </Link>
  ) : (
    <span className="inline-block max-w-full truncate align-bottom" title={plainStored(target.label)}>
      <StoredText>{target.label}</StoredText>
    </span>
  );
