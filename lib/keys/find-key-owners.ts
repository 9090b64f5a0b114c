import { Prisma } from "@/generated/prisma/client";
import type { KeyOwner } from "@/lib/contract/keys";
import type { Db } from "@/lib/db/client";
import { Refusal } from "@/lib/errors";
import { type Reach, reaches } from "@/lib/identity/caller";
import type { Role } from "@/lib/identity/permissions";
import { TESTER_ROLES } from "./powers";

/** What of a person decides whether they can own a key. */
export type Owner = { id: string; name: string; email: string; role: Role | null; reach: Reach };

type OwnerRow = Omit<Owner, "reach"> & { reaches_all_orgs: boolean; reach: string[] };

/** A disabled person's keys don't work, nor do those of one whose address is not verified. */
const ELIGIBLE = Prisma.sql`p.disabled_at IS NULL AND p.email_verified_at IS NOT NULL`;
const MOST = 500;

async function select(db: Db, where: Prisma.Sql): Promise<Owner[]> {
  const rows = await db.$queryRaw<OwnerRow[]>`
    SELECT p.id, p.name, p.email, p.role, p.reaches_all_orgs, CASE p.kind WHEN 'customer' THEN ARRAY[p.org_id]
      ELSE ARRAY(SELECT t.org_id FROM person_reach t WHERE t.person_id = p.id ORDER BY t.org_id) END AS reach
    FROM people p WHERE ${ELIGIBLE} AND ${where} ORDER BY p.kind = 'staff', p.name, p.id LIMIT ${MOST}::int`;
  return rows.map(({ reaches_all_orgs, reach, ...person }) => ({
    ...person,
    reach: reaches_all_orgs ? { all: true } : { all: false, orgIds: reach },
  }));
}

/**
 * The people who can own a new key: staff for a service key; for an inference key the organization's people, and after
 * them staff who reach it.
 * @returns each with as much of their reach as the caller has as well
 * @throws Refusal ORGANIZATION_MEMBERSHIP_REQUIRED
 */
export async function findKeyOwners(db: Db, caller: Reach, orgId: string | undefined): Promise<KeyOwner[]> {
  const named = orgId?.toLowerCase();
  if (named !== undefined && !reaches(caller, named)) throw new Refusal("ORGANIZATION_MEMBERSHIP_REQUIRED");
  return (await select(db, among(named))).map(({ reach, ...person }) => {
    if (reach.all && caller.all) return { ...person, reach: { all: true, org_ids: null } };
    const [narrow, wide] = reach.all ? [caller, reach] : [reach, caller];
    const orgIds = narrow.all ? [] : narrow.orgIds.filter((id) => reaches(wide, id));
    return { ...person, reach: { all: false, org_ids: orgIds } };
  });
}

/** @returns undefined for whoever can't own a key of that kind, whatever the reason */
export const findKeyOwner = async (
  db: Db,
  ownerId: string,
  orgId: string | undefined,
): Promise<Owner | undefined> =>
  (await select(db, Prisma.sql`p.id = ${ownerId}::uuid AND ${among(orgId)}`))[0];

const among = (orgId: string | undefined): Prisma.Sql =>
  orgId === undefined
    ? Prisma.sql`p.kind = 'staff'`
    : Prisma.sql`(p.org_id = ${orgId}::uuid OR p.kind = 'staff' AND p.role = ANY(${[...TESTER_ROLES]})
        AND (p.reaches_all_orgs OR EXISTS (
          SELECT FROM person_reach t WHERE t.person_id = p.id AND t.org_id = ${orgId}::uuid)))`;
