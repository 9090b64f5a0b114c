import { Prisma } from "@/generated/prisma/client";
import { ERRORS } from "@/lib/contract/errors";
import type { ApiKey, KeyActivity } from "@/lib/contract/keys";
import { formatTimestamp } from "@/lib/contract/values";
import { type Db, UNPREPARED } from "@/lib/platform/db/client";
import { within } from "@/lib/platform/paging/select-slice";
import type { Caller, Reach } from "@/lib/states/caller";
import { getKey } from "./get-key";

const HOURS = 24;
const HOUR_MS = 3_600_000;
/** Nobody needs larger numbers, and each counted row costs the database. */
const MOST = 100_000;
const MOST_ADDRESSES = 10;

/**
 * The key's runs of the last 24 hours with the addresses that created them, its live runs, and its denied
 * requests if the caller may read those.
 * @throws Refusal KEY_NOT_FOUND
 */
export async function findKeyActivity(db: Db, caller: Caller, keyId: string): Promise<KeyActivity> {
  const { reach, permissions } = caller;
  const key = await getKey(db, reach, keyId);
  const mayReadEvents = permissions.has("security.read") && haveOneReader(key, reach);
  const now = new Date();
  const [hours, addresses, live, denied] = await Promise.all([
    db.$queryRaw<HourRow[]>(selectHours(key, now)),
    db.$queryRaw<AddressRow[]>(selectAddresses(key, now)),
    db.$queryRaw<{ count: number }[]>(countLive(key)),
    mayReadEvents ? db.$queryRaw<DeniedRow[]>(selectDenied(key, reach, now)) : null,
  ]);
  const counted = hours.reduce((sum, hour) => sum + hour.runs, 0);
  const count = live[0]?.count ?? 0;
  return {
    hours: Array.from({ length: HOURS }, (_, index) => {
      const {
        live = 0,
        succeeded = 0,
        failed = 0,
        canceled = 0,
      } = hours.find(({ hour }) => hour === index) ?? {};
      const from = formatTimestamp(new Date(now.getTime() - (HOURS - index) * HOUR_MS));
      return { from, live, succeeded, failed, canceled };
    }),
    hours_are_partial: counted >= MOST,
    live_runs: { count: Math.min(count, MOST), is_more: count > MOST },
    run_addresses: {
      addresses: addresses.map(({ ip, runs }) => ({ ip, runs })),
      address_count: addresses[0]?.addresses ?? 0,
    },
    denied_requests: denied && toDenied(denied),
  };
}

/**
 * Whether everyone who may see the key may also read its security events: those of a key with several
 * organizations belong to none of them.
 */
const haveOneReader = (key: ApiKey, reach: Reach): boolean => reach.all || key.reach.org_ids?.length === 1;

type HourRow = {
  hour: number;
  runs: number;
  live: number;
  succeeded: number;
  failed: number;
  canceled: number;
};

const MARK = Prisma.raw(UNPREPARED);

/** The key's runs of the last 24 hours. The newest come first, so an index bounds the work. */
const lastRuns = (id: string, now: Date): Prisma.Sql => Prisma.sql`(
  SELECT created_at, status_code, created_ip FROM runs
  WHERE api_key_id = ${id}::uuid AND created_at > ${now}::timestamptz - interval '24 hours'
  ORDER BY created_at DESC LIMIT ${MOST}::int
)`;

/** Separate, so that a test can run EXPLAIN on it. */
export const selectHours = ({ id }: Pick<ApiKey, "id">, now: Date): Prisma.Sql => Prisma.sql`${MARK}
  SELECT ${HOURS - 1}::int - greatest(0, floor(extract(epoch FROM ${now}::timestamptz - r.created_at) / 3600)::int) AS hour,
    count(*)::int AS runs,
    (count(*) FILTER (WHERE NOT is_terminal(r.status_code)))::int AS live,
    (count(*) FILTER (WHERE r.status_code IN ('succeeded', 'partial_succeeded')))::int AS succeeded,
    (count(*) FILTER (WHERE r.status_code = 'failed'))::int AS failed,
    (count(*) FILTER (WHERE r.status_code = 'canceled'))::int AS canceled
  FROM ${lastRuns(id, now)} r GROUP BY 1`;

type AddressRow = { ip: string; runs: number; addresses: number };

export const selectAddresses = ({ id }: Pick<ApiKey, "id">, now: Date): Prisma.Sql => Prisma.sql`${MARK}
  SELECT r.created_ip AS ip, count(*)::int AS runs, (count(*) OVER ())::int AS addresses
  FROM ${lastRuns(id, now)} r WHERE r.created_ip IS NOT NULL
  GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT ${MOST_ADDRESSES}::int`;

/** An inference key's runs are its organization's, which has an index of live runs. */
export const countLive = ({ id, org_id }: Pick<ApiKey, "id" | "org_id">): Prisma.Sql => Prisma.sql`${MARK}
  SELECT count(*)::int AS count FROM (
    SELECT FROM runs r WHERE r.api_key_id = ${id}::uuid AND NOT is_terminal(r.status_code)
      AND ${org_id === null ? Prisma.sql`TRUE` : Prisma.sql`r.org_id = ${org_id}::uuid`} LIMIT ${MOST + 1}::int) counted`;

/** A row has the count of one code or one address; the total, which comes first, has neither. */
type DeniedRow = {
  code: string | null;
  ip: string | null;
  is_code: boolean;
  is_ip: boolean;
  count: number;
  addresses: number;
};

/** The total, every code that the API has, and enough addresses. */
const MOST_ROWS = 1 + Object.keys(ERRORS).length + MOST_ADDRESSES + 1;

const selectDenied = ({ id }: ApiKey, reach: Reach, now: Date): Prisma.Sql => Prisma.sql`${MARK}
  SELECT code, ip, grouping(code) = 0 AS is_code, grouping(ip) = 0 AS is_ip, count(*)::int AS count,
    (count(DISTINCT ip))::int AS addresses
  FROM (
    SELECT r.code, r.ip FROM security_events r
    WHERE r.actor_id = ${id}::uuid AND r.occurred_at > ${now}::timestamptz - interval '24 hours' AND ${within(reach)}
    ORDER BY r.occurred_at DESC LIMIT ${MOST}::int
  ) recent GROUP BY GROUPING SETS ((code), (ip), ())
  ORDER BY grouping(code) + grouping(ip) DESC, grouping(code), count DESC, code, ip LIMIT ${MOST_ROWS}::int`;

function toDenied(rows: DeniedRow[]): KeyActivity["denied_requests"] {
  const addresses = rows.flatMap(({ ip, is_ip, count }) =>
    is_ip && ip !== null ? [{ ip, requests: count }] : [],
  );
  return {
    total: rows[0]?.count ?? 0,
    by_code: rows.flatMap(({ code, is_code, count }) =>
      is_code && code !== null ? [{ code, requests: count }] : [],
    ),
    addresses: addresses.slice(0, MOST_ADDRESSES),
    address_count: rows[0]?.addresses ?? 0,
  };
}
