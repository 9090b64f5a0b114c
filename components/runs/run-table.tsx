"use client";

import Link from "next/link";
import { useRef } from "react";
import { HeadCell } from "@/components/ui/head-cell";
import { None } from "@/components/ui/key-values";
import { RelativeTime } from "@/components/ui/relative-time";
import { CELL, ROW, TABLE } from "@/components/ui/table-style";
import { useRowKeys } from "@/components/ui/use-row-keys";
import { paths } from "@/lib/client/paths";
import type { RunSort } from "@/lib/client/run-filters";
import type { RunRow } from "@/lib/client/runs";
import { CreatedHeader } from "./created-header";
import type { Envelope } from "./envelope";
import { RunDuration } from "./run-duration";
import { ShortId } from "./short-id";
import { StatusBadge } from "./status-badge";

export type Directory = { orgNames: Record<string, string>; envelopes: Record<string, Envelope> };

type Props = { rows: RunRow[]; directory: Directory; sort: RunSort; onSort: (sort: RunSort) => void };

export function RunTable({ rows, directory, sort, onSort }: Props) {
  const table = useRef<HTMLTableElement>(null);
  useRowKeys(table);

  return (
    // Roles are written out: a table that is laid out as cards on a narrow screen must stay one for a screen reader.
    <table ref={table} role="table" aria-label="Runs" className={TABLE}>
      <thead role="rowgroup" className="max-md:sr-only">
        <tr role="row">
          <HeadCell className="w-38">Status</HeadCell>
          <HeadCell className="w-34 2xl:w-72">Run</HeadCell>
          <HeadCell>Model</HeadCell>
          <HeadCell className="w-[13%] lg:w-[16%]">Customer</HeadCell>
          <HeadCell className="w-24 max-xl:hidden">Source</HeadCell>
          <CreatedHeader className="w-26" sort={sort} onSort={onSort} />
          <HeadCell className="w-36 text-right md:max-lg:pr-4">Duration</HeadCell>
          <HeadCell className="w-24 text-right max-lg:hidden">Cost, USD</HeadCell>
        </tr>
      </thead>
      <tbody role="rowgroup" className="max-md:block">
        {rows.map((run) => (
          <Row key={run.id} run={run} directory={directory} />
        ))}
      </tbody>
    </table>
  );
}

function Row({ run, directory }: { run: RunRow; directory: Directory }) {
  return (
    <tr role="row" className={ROW}>
      <td role="cell" className={`${CELL} max-md:col-span-2`}>
        <StatusBadge status={run.status_code} />
      </td>
      <td role="cell" className={`${CELL} max-md:order-5`}>
        <Link href={paths.run(run.id)} prefetch={false} data-row className="stretched outline-none">
          <ShortId id={run.id} />
        </Link>
      </td>
      <td role="cell" title={run.model} className={`${CELL} truncate max-md:order-3 max-md:col-span-2`}>
        {run.model}
      </td>
      <td role="cell" className={`${CELL} text-ink-muted truncate max-md:order-6`}>
        {directory.orgNames[run.org_id] ?? <None />}
      </td>
      <td role="cell" className={`${CELL} text-ink-muted max-xl:hidden`}>
        {run.source_code}
      </td>
      <td role="cell" className={`${CELL} text-ink-muted whitespace-nowrap max-md:order-2 max-md:text-right`}>
        <RelativeTime time={run.created_at} />
      </td>
      <td role="cell" className={`${CELL} text-right max-md:order-4 md:max-lg:pr-4`}>
        <RunDuration run={run} envelope={directory.envelopes[run.model]} />
      </td>
      <td
        role="cell"
        className={`${CELL} text-ink-muted text-right tabular-nums max-md:order-7 md:max-lg:hidden`}
      >
        {run.cost ?? <None />}
      </td>
    </tr>
  );
}
