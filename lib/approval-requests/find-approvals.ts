import { Prisma } from "@/generated/prisma/client";
import type { ApprovalListQuery, ApprovalPage } from "@/lib/contract/approvals";
import type { Db } from "@/lib/platform/db/client";
import { findPage, type Placed } from "@/lib/platform/paging/find-page";
import type { Slice } from "@/lib/platform/paging/keyset";
import { NEWEST_ID_FIRST, PLACE_BY_ID } from "@/lib/platform/paging/newest-first";
import { selectSlice } from "@/lib/platform/paging/select-slice";
import type { ApprovalState } from "@/lib/states/approval";
import type { Caller } from "@/lib/states/caller";
import { toApproval } from "./approval-record";

/**
 * Finds a page of the caller's own requests and of those within their reach, newest first.
 * @throws Refusal VALIDATION_ERROR at `pq` or `from_prev`
 */
export async function findApprovals(db: Db, caller: Caller, query: ApprovalListQuery): Promise<ApprovalPage> {
  const { state } = query;
  const selection = {
    table: Prisma.sql`approvals`,
    columns: Prisma.sql`r.id, ${PLACE_BY_ID}`,
    where: Prisma.sql`${visibleTo(caller)} AND ${compileState(state)}`,
    // A request may concern several customers, so its reach is compared above.
    reach: { all: true },
    hasOrgIndex: false,
  } as const;
  const listing = {
    scope: JSON.stringify(["approvals", state ?? null]),
    order: NEWEST_ID_FIRST,
    fetch: (slice: Slice, limit: number) =>
      db.$queryRaw<({ id: string } & Placed)[]>(selectSlice({ ...selection, slice, limit })),
  };
  const page = await findPage(listing, query);
  const ids = page.items.map(({ id }) => id);
  const rows = await db.approval.findMany({ where: { id: { in: ids } } });
  const byId = new Map(rows.map((row) => [row.id, row]));
  return { ...page, items: ids.flatMap((id) => byId.get(id) ?? []).map(toApproval) };
}

function visibleTo({ person, reach }: Caller): Prisma.Sql {
  if (reach.all) return Prisma.sql`TRUE`;
  return Prisma.sql`(r.requester_id = ${person.id}::uuid
    OR (r.org_ids <> '{}' AND r.org_ids <@ ${[...reach.orgIds]}::uuid[]))`;
}

const OPEN = Prisma.sql`r.withdrawn_at IS NULL AND r.used_at IS NULL`;
const STATES: Record<ApprovalState, Prisma.Sql> = {
  pending: Prisma.sql`${OPEN} AND r.decision IS NULL AND r.expires_at > now()`,
  approved: Prisma.sql`${OPEN} AND r.decision = 'approved' AND r.expires_at > now()`,
  refused: Prisma.sql`r.withdrawn_at IS NULL AND r.decision = 'refused'`,
  withdrawn: Prisma.sql`r.withdrawn_at IS NOT NULL`,
  used: Prisma.sql`r.used_at IS NOT NULL`,
  expired: Prisma.sql`${OPEN} AND r.decision IS DISTINCT FROM 'refused' AND r.expires_at <= now()`,
};

const compileState = (state: ApprovalState | undefined): Prisma.Sql =>
  state === undefined ? Prisma.sql`TRUE` : STATES[state];
