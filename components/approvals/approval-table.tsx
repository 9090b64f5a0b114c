"use client";

import { DataTable } from "@/components/ui/data-table";
import { RowLink } from "@/components/ui/row-link";
import { RowTime } from "@/components/ui/row-time";
import { StoredText } from "@/components/ui/stored-text";
import type { Column } from "@/components/ui/table-column";
import { plainStored } from "@/lib/client/bidi";
import { paths } from "@/lib/client/paths";
import type { Approval } from "@/lib/contract/approvals";
import { nameAction } from "@/lib/states/approval";
import { ApprovalState } from "./approval-state";

export const ApprovalTable = ({ approvals }: { approvals: Approval[] }) => (
  <DataTable label="Approval requests" rows={approvals} columns={COLUMNS} />
);

const COLUMNS: Column<Approval>[] = [
  {
    id: "state",
    head: "State",
    width: "w-32",
    card: { order: 2, isRight: true },
    cell: ({ state }) => <ApprovalState state={state} />,
  },
  {
    id: "action",
    head: "Request",
    width: "w-72 xl:w-96",
    card: { order: 1, span: 2 },
    className: "truncate",
    title: ({ kind, target }) => plainStored(nameAction(kind, target.label)),
    cell: ({ id, kind, target }) => (
      <RowLink href={paths.approval(id)} className="font-medium">
        <StoredText>{nameAction(kind, target.label)}</StoredText>
      </RowLink>
    ),
  },
  {
    id: "reason",
    head: "Reason",
    card: { order: 3, span: 3 },
    className: "truncate",
    title: ({ reason }) => plainStored(reason),
    cell: ({ reason }) => <StoredText>{reason}</StoredText>,
  },
  {
    id: "who",
    head: "By",
    width: "w-28 lg:w-40",
    card: { order: 4, span: 2 },
    className: "text-ink-muted truncate",
    title: ({ requested_by }) => requested_by.email ?? undefined,
    cell: ({ requested_by }) => <StoredText>{requested_by.name}</StoredText>,
  },
  {
    id: "when",
    head: "Requested",
    width: "w-26 lg:w-50",
    card: { order: 5, isRight: true },
    className: "text-ink-muted whitespace-nowrap",
    cell: ({ requested_at }) => <RowTime time={requested_at} />,
  },
];
