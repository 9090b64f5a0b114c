"use client";

import Link from "next/link";
import { useRef } from "react";
import { HeadCell } from "@/components/ui/head-cell";
import { None } from "@/components/ui/key-values";
import { RelativeTime } from "@/components/ui/relative-time";
import { StoredText } from "@/components/ui/stored-text";
import { CELL, ROW, TABLE } from "@/components/ui/table-style";
import { useRowKeys } from "@/components/ui/use-row-keys";
import { paths } from "@/lib/client/paths";
import type { ApiKey } from "@/lib/contract/keys";
import { describeReach } from "./describe-reach";
import { KeyExpiry } from "./key-expiry";
import { KeyState } from "./key-state";
import { KIND_WORDS } from "./key-words";

type Props = { keys: ApiKey[]; orgNames: Record<string, string> };

export function KeyTable({ keys, orgNames }: Props) {
  const table = useRef<HTMLTableElement>(null);
  useRowKeys(table);
  return (
    <table ref={table} role="table" aria-label="Keys" className={TABLE}>
      <thead role="rowgroup" className="max-md:sr-only">
        <tr role="row">
          <HeadCell className="w-32">State</HeadCell>
          <HeadCell>Key</HeadCell>
          <HeadCell className="w-32 max-lg:hidden">Kind</HeadCell>
          <HeadCell className="w-48">For</HeadCell>
          <HeadCell className="w-44 max-xl:hidden">Owner</HeadCell>
          <HeadCell className="w-28">Last used</HeadCell>
          <HeadCell className="w-28 max-lg:hidden">Expires</HeadCell>
        </tr>
      </thead>
      <tbody role="rowgroup" className="max-md:block">
        {keys.map((key) => (
          <Row key={key.id} of={key} orgNames={orgNames} />
        ))}
      </tbody>
    </table>
  );
}

function Row({ of: key, orgNames }: { of: ApiKey; orgNames: Record<string, string> }) {
  const { id, kind, name, prefix, state, owner, last_used_at, expires_at } = key;
  const reach = describeReach(key, orgNames, true);
  return (
    <tr role="row" className={ROW}>
      <td role="cell" className={`${CELL} max-md:order-2 max-md:text-right`}>
        <KeyState state={state} />
      </td>
      <td role="cell" className={`${CELL} max-md:order-1 max-md:col-span-2 max-md:truncate`}>
        <Link href={paths.key(id)} prefetch={false} data-row className="stretched font-medium outline-none">
          <StoredText>{name}</StoredText>
        </Link>
        <code className="mono text-ink-muted ml-2 text-sm">{prefix}…</code>
      </td>
      <td role="cell" className={`${CELL} text-ink-muted max-lg:hidden`}>
        {KIND_WORDS[kind]}
      </td>
      <td
        role="cell"
        title={reach}
        className={`${CELL} text-ink-muted max-md:order-3 max-md:col-span-2 max-md:truncate`}
      >
        <span className="lg:hidden">
          {KIND_WORDS[kind]}, {describeReach(key, orgNames)}
        </span>
        <span className="max-lg:hidden">{reach}</span>
      </td>
      <td role="cell" title={owner.email} className={`${CELL} text-ink-muted max-xl:hidden`}>
        <StoredText>{owner.name}</StoredText>
      </td>
      <td role="cell" className={`${CELL} text-ink-muted whitespace-nowrap max-md:order-4 max-md:text-right`}>
        {last_used_at ? (
          <RelativeTime time={last_used_at} />
        ) : (
          <>
            Never<span className="md:hidden"> used</span>
          </>
        )}
      </td>
      <td role="cell" className={`${CELL} text-ink-muted whitespace-nowrap max-lg:hidden`}>
        {expires_at ? <KeyExpiry state={state} expiresAt={expires_at} /> : <None />}
      </td>
    </tr>
  );
}
