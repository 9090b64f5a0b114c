import { Prisma } from "@/generated/prisma/client";
import { parseMoment } from "@/lib/contract/moment";
import { formatTimestamp } from "@/lib/contract/values";
import type { SecurityEvent, SecurityListQuery, SecurityPage } from "@/lib/contract/security";
import type { Db } from "@/lib/db/client";
import type { Reach } from "@/lib/identity/caller";
import { findPage, type Placed } from "@/lib/paging/find-page";
import type { Slice } from "@/lib/paging/keyset";
import { NEWEST_FIRST, PLACE_IN_TIME } from "@/lib/paging/newest-first";
import { selectSlice } from "@/lib/paging/select-slice";
import { hideBeyond } from "./hide-beyond";

type EventRow = Omit<SecurityEvent, "occurred_at" | "actor" | "context"> & {
  occurred_at: Date;
  actor_type: string | null;
  actor_id: string | null;
  actor_name: string | null;
  actor_key_prefix: string | null;
  ip: string | null;
  user_agent: string | null;
  request_id: string;
};

const COLUMNS = Prisma.sql`r.id, r.occurred_at, r.kind, r.status, r.code, r.method, r.path, r.actor_type, r.actor_id,
  r.actor_name, r.actor_key_prefix, r.org_id, r.ip, r.user_agent, r.request_id, r.detail, ${PLACE_IN_TIME}`;

/**
 * One page of refused and failed attempts, newest first. Attempts that belong to no organization, such as those with
 * an unknown key, are seen only by those who reach every organization.
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
    columns: COLUMNS,
    where: compile(query),
    reach,
    hasOrgIndex: true,
  };
  const listing = {
    scope: JSON.stringify(
      ["security", kind, code, actor_id?.toLowerCase(), from, to, status, org_id?.toLowerCase(), ip].map(
        (part) => part ?? null,
      ),
    ),
    order: NEWEST_FIRST,
    fetch: (slice: Slice, limit: number) =>
      db.$queryRaw<(EventRow & Placed)[]>(selectSlice({ ...selection, slice, limit })),
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

function toSecurityEvent(row: EventRow, reach: Reach): SecurityEvent {
  const { id, kind, status, code, method, path, org_id, detail } = row;
  return {
    id,
    occurred_at: formatTimestamp(row.occurred_at),
    kind,
    status,
    code,
    method,
    path,
    actor: { type: row.actor_type, id: row.actor_id, name: row.actor_name, key_prefix: row.actor_key_prefix },
    org_id,
    context: { ip: row.ip, user_agent: row.user_agent, request_id: row.request_id },
    detail: hideBeyond(reach, detail),
  };
}
