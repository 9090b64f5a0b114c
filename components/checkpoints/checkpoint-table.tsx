"use client";

import { useMemo } from "react";
import { DataTable } from "@/components/ui/data-table";
import { None } from "@/components/ui/key-values";
import { RelativeTime } from "@/components/ui/relative-time";
import type { Column } from "@/components/ui/table-column";
import type { AuditCheckpoint } from "@/lib/contract/audit-checkpoints";
import { CopyState } from "./copy-state";

type Row = AuditCheckpoint & { id: string };

export function CheckpointTable({ checkpoints }: { checkpoints: AuditCheckpoint[] }) {
  const rows = useMemo(
    () => checkpoints.map((one): Row => ({ ...one, id: String(one.number) })),
    [checkpoints],
  );
  return <DataTable label="Checkpoints" isTall rows={rows} columns={COLUMNS} />;
}

const COLUMNS: readonly Column<Row>[] = [
  {
    id: "number",
    head: "Number",
    width: "w-24",
    className: "font-medium tabular-nums",
    cell: ({ number }) => number,
  },
  {
    id: "made",
    head: "Created",
    width: "w-28",
    className: "text-ink-muted whitespace-nowrap",
    cell: ({ time }) => <RelativeTime time={time} />,
  },
  {
    id: "position",
    head: "Entries covered",
    width: "w-40",
    className: "tabular-nums",
    cell: ({ position }) => (
      <>
        {position.toLocaleString("en")}
        <span className="text-ink-muted md:hidden"> entries</span>
      </>
    ),
  },
  {
    id: "orgs",
    head: "Organizations",
    width: "w-32",
    from: "lg",
    className: "text-ink-muted tabular-nums",
    cell: ({ orgs }) => orgs.toLocaleString("en"),
  },
  {
    id: "keys",
    head: "Signed by",
    width: "w-28",
    className: "mono max-md:col-span-3",
    cell: ({ key_ids }) => key_ids.join(" "),
  },
  {
    id: "copies",
    head: "Copies",
    className: "max-md:col-span-3",
    cell: ({ publications }) =>
      publications.length === 0 ? (
        <None />
      ) : (
        <ul className="grid gap-0.5">
          {publications.map((copy) => (
            <CopyState key={copy.target} copy={copy} />
          ))}
        </ul>
      ),
  },
];
