import { Prisma } from "@/generated/prisma/client";
import { orgInReach } from "@/lib/identity/org-in-reach";
import type { Db } from "@/lib/platform/db/client";
import { within } from "@/lib/platform/paging/select-slice";
import type { Reach } from "@/lib/states/caller";

/** @returns the first of these ids that is a run in reach */
export async function findRunId(db: Db, reach: Reach, ids: readonly string[]): Promise<string | undefined> {
  if (ids.length === 0) return undefined;
  const rows = await db.run.findMany({
    where: { id: { in: [...ids] }, ...orgInReach(reach) },
    select: { id: true },
  });
  return ids.find((id) => rows.some((row) => row.id === id));
}

/**
 * Finds the field of runs in reach that has this UUID as a value.
 * @returns the field's name, or undefined
 */
export async function findFieldOfId(db: Db, reach: Reach, id: string): Promise<string | undefined> {
  const isReachedOrg = reach.all || reach.orgIds.includes(id);
  const [found] = await db.$queryRaw<{ field: string }[]>(Prisma.sql`
    (SELECT 'org_id' AS field FROM organizations o WHERE o.id = ${id}::uuid AND ${isReachedOrg})
    UNION ALL (SELECT 'batch_id' FROM runs r WHERE r.batch_id = ${id}::uuid AND ${within(reach)} LIMIT 1)
    UNION ALL (SELECT 'client_ref' FROM runs r WHERE r.client_ref = ${id} AND ${within(reach)} LIMIT 1)
    UNION ALL (SELECT 'api_key_id' FROM runs r WHERE r.api_key_id = ${id}::uuid AND ${within(reach)} LIMIT 1)
    UNION ALL (SELECT 'created_by' FROM runs r WHERE r.created_by = ${id}::uuid AND ${within(reach)} LIMIT 1)`);
  return found?.field;
}

/** @returns the first of these request ids that created a run in reach */
export async function findRequest(
  db: Db,
  reach: Reach,
  requestIds: readonly string[],
): Promise<string | undefined> {
  if (requestIds.length === 0) return undefined;
  const where = { requestId: { in: [...requestIds] }, ...orgInReach(reach) };
  return (await db.run.findFirst({ where, select: { requestId: true } }))?.requestId;
}

/** The start of an id, as titles show it, or its start and end, as lists show it. */
const BEGINNING = /^(?:run\s+)?([0-9a-f]{8}(?:-[0-9a-f]{0,4}){0,4}[0-9a-f]{0,8})$/i;
const CUT = /(?<![0-9a-z])([0-9a-f]{8})\.{2,3}([0-9a-f]{6})(?![0-9a-z])/i;
const MOST_ALIKE = 50;
const ZEROS = "00000000-0000-0000-0000-000000000000";

/** @returns the runs in reach whose shortened id is one of these, newest first */
export async function findCutIds(db: Db, reach: Reach, texts: readonly string[]): Promise<string[]> {
  for (const text of texts) {
    const [, start = BEGINNING.exec(text)?.[1], end = ""] = CUT.exec(text) ?? [];
    if (!start || start.length >= ZEROS.length) continue;
    const low = start.toLowerCase() + ZEROS.slice(start.length);
    const high = start.toLowerCase() + ZEROS.replaceAll("0", "f").slice(start.length);
    if (!isUuid(low)) continue;
    const rows = await db.$queryRaw<{ id: string }[]>`
      SELECT r.id FROM runs r WHERE r.id BETWEEN ${low}::uuid AND ${high}::uuid AND ${within(reach)}
        AND right(r.id::text, ${end.length}::int) = ${end.toLowerCase()}
      ORDER BY r.id DESC LIMIT ${MOST_ALIKE}`;
    if (rows.length > 0) return rows.map(({ id }) => id);
  }
  return [];
}

const isUuid = (text: string): boolean => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text);
