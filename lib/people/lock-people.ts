import type { Db } from "@/lib/db/client";
import { Refusal } from "@/lib/errors";
import { type Caller, cutReach } from "@/lib/identity/caller";
import { ROLE_PERMISSIONS, type Role } from "@/lib/identity/permissions";

type ActingPerson = { role: Role; reaches_all_orgs: boolean; org_ids: string[] };

/** Holds up every other change of people until the transaction ends. */
export async function takeTurn(tx: Db): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended('people', 0))`;
}

/**
 * One change of people at a time; there are few. Whoever waited may have been changed meanwhile, so the person who acts
 * is read again: what follows can't be done by someone who has just lost the right to it.
 * @param tx the transaction that holds the lock
 * @returns the caller with what they may do and reach by now
 * @throws Refusal UNAUTHORIZED, or PERMISSION_DENIED without `people.manage`
 */
export async function lockPeople(tx: Db, caller: Caller): Promise<Caller> {
  await takeTurn(tx);
  const [now] = await tx.$queryRaw<ActingPerson[]>`
    SELECT p.role, p.reaches_all_orgs, ARRAY(SELECT r.org_id FROM person_reach r WHERE r.person_id = p.id) AS org_ids
    FROM people p
    WHERE p.id = ${caller.person.id}::uuid AND p.kind = 'staff' AND p.disabled_at IS NULL
      AND p.email_verified_at IS NOT NULL`;
  if (!now) throw new Refusal("UNAUTHORIZED");
  const permissions = new Set(ROLE_PERMISSIONS[now.role].filter((each) => caller.permissions.has(each)));
  if (!permissions.has("people.manage")) throw new Refusal("PERMISSION_DENIED");
  const own = now.reaches_all_orgs ? ({ all: true } as const) : { all: false as const, orgIds: now.org_ids };
  return { ...caller, permissions, reach: cutReach(caller.reach, own) };
}
