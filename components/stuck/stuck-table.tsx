"use client";

import Link from "next/link";
import { useRef } from "react";
import { Elapsed } from "@/components/runs/elapsed";
import { formatRatio } from "@/components/runs/format-ratio";
import { ShortId } from "@/components/runs/short-id";
import { StatusBadge } from "@/components/runs/status-badge";
import { useTimedText } from "@/components/ui/clock";
import { HeadCell } from "@/components/ui/head-cell";
import { None } from "@/components/ui/key-values";
import { Mark } from "@/components/ui/mark";
import { StoredText } from "@/components/ui/stored-text";
import { CELL, ROW, TABLE } from "@/components/ui/table-style";
import { useRowKeys } from "@/components/ui/use-row-keys";
import { formatDuration } from "@/lib/client/format-time";
import { paths } from "@/lib/client/paths";
import type { StuckRun } from "@/lib/contract/models";

type Props = { runs: StuckRun[]; orgNames: Record<string, string> };

export function StuckTable({ runs, orgNames }: Props) {
  const table = useRef<HTMLTableElement>(null);
  useRowKeys(table);
  return (
    <table ref={table} role="table" aria-label="Stuck runs" className={TABLE}>
      <thead role="rowgroup" className="max-md:sr-only">
        <tr role="row">
          <HeadCell className="w-38">Status</HeadCell>
          <HeadCell className="w-34 2xl:w-72">Run</HeadCell>
          <HeadCell className="w-38 text-right" sorted="descending">
            Ratio
          </HeadCell>
          <HeadCell className="w-32 text-right">Age</HeadCell>
          <HeadCell className="md:pl-6">Model</HeadCell>
          <HeadCell className="w-[13%] lg:w-[16%]">Customer</HeadCell>
          <HeadCell className="w-48 text-right max-lg:hidden">Stuck after</HeadCell>
        </tr>
      </thead>
      <tbody role="rowgroup" className="max-md:block">
        {runs.map((run) => (
          <Row key={run.id} run={run} customer={orgNames[run.org_id]} />
        ))}
      </tbody>
    </table>
  );
}

function Row({ run, customer }: { run: StuckRun; customer: string | undefined }) {
  const { id, status_code, created_at, model, p95_ms, stuck_factor } = run;
  return (
    <tr role="row" className={ROW}>
      <td role="cell" className={`${CELL} max-md:order-1 max-md:col-span-2`}>
        <StatusBadge status={status_code} />
      </td>
      <td role="cell" className={`${CELL} max-md:order-5`}>
        <Link href={paths.run(id)} prefetch={false} data-row className="stretched outline-none">
          <ShortId id={id} />
        </Link>
      </td>
      <td role="cell" className={`${CELL} text-right whitespace-nowrap max-md:order-2`}>
        <Ratio run={run} />
      </td>
      <td
        role="cell"
        className={`${CELL} max-md:text-ink-muted text-right whitespace-nowrap tabular-nums max-md:order-4`}
      >
        <Elapsed since={created_at} />
      </td>
      <td role="cell" title={model} className={`${CELL} truncate max-md:order-3 max-md:col-span-2 md:pl-6`}>
        {model}
      </td>
      <td
        role="cell"
        className={`${CELL} text-ink-muted truncate max-md:order-6 max-md:col-span-2 max-md:text-right`}
      >
        {customer ? <StoredText>{customer}</StoredText> : <None />}
      </td>
      <td
        role="cell"
        className={`${CELL} text-ink-muted text-right whitespace-nowrap tabular-nums max-lg:hidden`}
      >
        {formatDuration(p95_ms * stuck_factor)} ({stuck_factor} × p95)
      </td>
    </tr>
  );
}

/** Against the p95, counting on. */
function Ratio({ run: { created_at, p95_ms } }: { run: StuckRun }) {
  const ratio = useTimedText((now) => formatRatio((now - Date.parse(created_at)) / p95_ms));
  return <Mark tone="warn">{ratio} × the p95</Mark>;
}
