import { type SecurityEvent as Event, Prisma } from "@/generated/prisma/client";
import { canonicalMoment, parseMoment } from "@/lib/contract/moment";
import type { SecurityEvent, SecurityListQuery, SecurityPage } from "@/lib/contract/security";
import { formatTimestamp } from "@/lib/contract/values";
import type { Db } from "@/lib/platform/db/client";
import { columnsOf } from "@/lib/platform/db/columns";
import { findPage, type Placed } from "@/lib/platform/paging/find-page";
import type { Slice } from "@/lib/platform/paging/keyset";
import { NEWEST_FIRST, PLACE_IN_TIME } from "@/lib/platform/paging/newest-first";
import { selectSlice } from "@/lib/platform/paging/select-slice";
import type { Reach } from "@/lib/states/caller";
import { hideBeyond } from "./hide-beyond";

/**
 * Finds a page of refused and failed attempts, newest first. Attempts without an organization, such as those
 * with an unknown key, are visible only to callers who reach all organizations.
 * @throws Refusal VALIDATION_ERROR at `pq` or `from_prev`
 */
export async function findSecurityEvents(
  db: Db,
  reach: Reach,
  query: SecurityListQuery,
): Promise<SecurityPage> {
  const { kind, status, code, actor_id, org_id, ip, from, to } = query;
  const selection = {
    table: Prisma.sql`security_events`,
    columns: Prisma.sql`${columnsOf(Prisma.SecurityEventScalarFieldEnum)}, ${PLACE_IN_TIME}`,
    where: compile(query),
    reach,
    hasOrgIndex: true,
  };
  const listing = {
    scope: JSON.stringify(
      [
        "security",
        kind,
        code,
        actor_id?.toLowerCase(),
        ...[from, to].map(canonicalMoment),
        status,
        org_id?.toLowerCase(),
        ip,
      ].map((part) => part ?? null),
    ),
    order: NEWEST_FIRST,
    fetch: (slice: Slice, limit: number) =>
      db.$queryRaw<(Event & Placed)[]>(selectSlice({ ...selection, slice, limit })),
  };
  const page = await findPage(listing, query);
  return { ...page, items: page.items.map((row) => toSecurityEvent(row, reach)) };
}

function compile({ kind, status, code, actor_id, org_id, ip, from, to }: SecurityListQuery): Prisma.Sql {
  const start = from === undefined ? undefined : parseMoment(from)?.iso;
  const end = to === undefined ? undefined : parseMoment(to)?.iso;
  const conditions = [
    kind !== undefined && Prisma.sql`r.kind = ${kind}`,
    code !== undefined && Prisma.sql`r.code = ${code}`,
    status !== undefined && Prisma.sql`r.status = ${status}`,
    actor_id !== undefined && Prisma.sql`r.actor_id = ${actor_id}::uuid`,
    org_id !== undefined && Prisma.sql`r.org_id = ${org_id}::uuid`,
    ip !== undefined && Prisma.sql`r.ip = ${ip}`,
    start !== undefined && Prisma.sql`r.occurred_at >= ${start}::timestamptz`,
    end !== undefined && Prisma.sql`r.occurred_at < ${end}::timestamptz`,
  ].filter((condition) => condition !== false);
  return conditions.length === 0 ? Prisma.sql`TRUE` : Prisma.join(conditions, " AND ");
}

function toSecurityEvent(row: Event, reach: Reach): SecurityEvent {
  const { id, status, code, method, path, orgId, ip } = row;
  return {
    id,
    occurred_at: formatTimestamp(row.occurredAt),
    kind: row.kind as SecurityEvent["kind"],
    status,
    code,
    method,
    path,
    actor: { type: row.actorType, id: row.actorId, name: row.actorName, key_prefix: row.actorKeyPrefix },
    org_id: orgId,
    context: { ip, user_agent: row.userAgent, request_id: row.requestId },
    detail: hideBeyond(reach, row.detail as SecurityEvent["detail"]),
  };
}
