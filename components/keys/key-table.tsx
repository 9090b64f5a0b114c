"use client";

import { useMemo } from "react";
import { DataTable } from "@/components/ui/data-table";
import { None } from "@/components/ui/key-values";
import { RelativeTime } from "@/components/ui/relative-time";
import { RowLink } from "@/components/ui/row-link";
import { StoredText } from "@/components/ui/stored-text";
import type { Column } from "@/components/ui/table-column";
import { paths } from "@/lib/client/paths";
import type { ApiKey } from "@/lib/contract/keys";
import { describeReach } from "./describe-reach";
import { KeyExpiry } from "./key-expiry";
import { KeyState } from "./key-state";
import { KIND_WORDS } from "./key-words";

type Props = { keys: ApiKey[]; orgNames: Record<string, string> };

const LAST_USED_FIRST = { by: "last_used_at", isDescending: true };

export function KeyTable({ keys, orgNames }: Props) {
  const columns = useMemo(() => columnsOf(orgNames), [orgNames]);
  return <DataTable label="Keys" rows={keys} columns={columns} sort={LAST_USED_FIRST} />;
}

const columnsOf = (orgNames: Record<string, string>): Column<ApiKey>[] => [
  {
    id: "state",
    head: "State",
    width: "w-32",
    card: { order: 2, isRight: true },
    cell: ({ state }) => <KeyState state={state} />,
  },
  {
    id: "customers",
    head: "Customers",
    width: "w-48",
    card: { order: 3, span: 2 },
    className: "max-md:truncate max-md:text-ink-muted",
    title: (key) => describeReach(key, orgNames, true),
    cell: (key) => (
      <>
        <span className="lg:hidden">
          {KIND_WORDS[key.kind]}, {describeReach(key, orgNames)}
        </span>
        <span className="max-lg:hidden">{describeReach(key, orgNames, true)}</span>
      </>
    ),
  },
  {
    id: "key",
    head: "Key",
    card: { order: 1, span: 2 },
    className: "max-md:truncate",
    cell: ({ id, name, prefix }) => (
      <>
        <RowLink href={paths.key(id)} className="font-medium">
          <StoredText>{name}</StoredText>
        </RowLink>
        <code className="mono text-ink-muted ml-2 text-sm">{prefix}…</code>
      </>
    ),
  },
  {
    id: "kind",
    head: "Kind",
    width: "w-32",
    from: "lg",
    className: "text-ink-muted",
    cell: ({ kind }) => KIND_WORDS[kind],
  },
  {
    id: "owner",
    head: "Owner",
    width: "w-44",
    from: "xl",
    className: "text-ink-muted",
    title: ({ owner }) => owner.email,
    cell: ({ owner }) => <StoredText>{owner.name}</StoredText>,
  },
  {
    id: "last-used",
    head: "Last used",
    sort: "last_used_at",
    width: "w-28",
    card: { order: 4, isRight: true },
    className: "text-ink-muted whitespace-nowrap",
    cell: ({ last_used_at: time }) =>
      time ? (
        <RelativeTime time={time} />
      ) : (
        <>
          Never<span className="md:hidden"> used</span>
        </>
      ),
  },
  {
    id: "expires",
    head: "Expires",
    width: "w-28",
    from: "lg",
    className: "text-ink-muted whitespace-nowrap",
    cell: ({ state, expires_at }) =>
      expires_at ? <KeyExpiry state={state} expiresAt={expires_at} /> : <None />,
  },
];
