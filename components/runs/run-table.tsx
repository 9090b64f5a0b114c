"use client";

import Link from "next/link";
import { useRef } from "react";
import { None } from "@/components/ui/key-values";
import { RelativeTime } from "@/components/ui/relative-time";
import { useRowKeys } from "@/components/ui/use-row-keys";
import { paths } from "@/lib/client/paths";
import type { RunSort } from "@/lib/client/run-filters";
import type { RunRow } from "@/lib/client/runs";
import { CreatedHeader } from "./created-header";
import type { Envelope } from "./envelope";
import { RunDuration } from "./run-duration";
import { ShortId } from "./short-id";
import { StatusBadge } from "./status-badge";
import { CELL, HEAD, ROW, TABLE } from "./table-style";

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
          <th role="columnheader" scope="col" className={HEAD}>
            Status
          </th>
          <th role="columnheader" scope="col" className={HEAD}>
            Run
          </th>
          <th role="columnheader" scope="col" className={HEAD}>
            Model
          </th>
          <th role="columnheader" scope="col" className={HEAD}>
            Customer
          </th>
          <th role="columnheader" scope="col" className={`${HEAD} max-lg:hidden`}>
            Source
          </th>
          <CreatedHeader sort={sort} onSort={onSort} />
          <th role="columnheader" scope="col" className={`${HEAD} text-right`}>
            Duration
          </th>
          <th role="columnheader" scope="col" className={`${HEAD} text-right`}>
            Cost, USD
          </th>
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
      <td
        role="cell"
        title={run.model}
        className={`${CELL} truncate max-md:order-3 max-md:col-span-2 md:w-1/4 md:max-w-0`}
      >
        {run.model}
      </td>
      <td role="cell" className={`${CELL} text-ink-muted truncate max-md:order-6 md:w-1/6 md:max-w-0`}>
        {directory.orgNames[run.org_id] ?? <None />}
      </td>
      <td role="cell" className={`${CELL} text-ink-muted max-lg:hidden`}>
        {run.source_code}
      </td>
      <td role="cell" className={`${CELL} text-ink-muted whitespace-nowrap max-md:order-2 max-md:text-right`}>
        <RelativeTime time={run.created_at} />
      </td>
      <td role="cell" className={`${CELL} text-right max-md:order-4`}>
        <RunDuration run={run} envelope={directory.envelopes[run.model]} />
      </td>
      <td role="cell" className={`${CELL} text-ink-muted text-right tabular-nums max-md:order-7`}>
        {run.cost ?? <None />}
      </td>
    </tr>
  );
}
