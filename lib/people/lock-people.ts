import type { Db } from "@/lib/platform/db/client";
import { holdLock } from "@/lib/platform/db/hold-lock";
import { permissionRequired, Refusal } from "@/lib/platform/errors";
import { type Caller, cutReach, type Reach } from "@/lib/states/caller";
import { ROLE_PERMISSIONS, type Role } from "@/lib/states/permissions";

/** Blocks every other change of people until the transaction ends. */
export const takeTurn = (tx: Db): Promise<void> => holdLock(tx, "people");

/**
 * Serializes changes of people, which are rare. Reads the caller again, because they may have been changed
 * while waiting: no one can use a right that they have just lost.
 * @param tx the transaction that holds the lock
 * @returns the caller with their current rights
 * @throws Refusal UNAUTHORIZED, or PERMISSION_DENIED without `people.manage`
 */
export async function lockPeople(tx: Db, caller: Caller): Promise<Caller> {
  await takeTurn(tx);
  const now = await tx.person.findFirst({
    where: { id: caller.person.id, kind: "staff", disabledAt: null, emailVerifiedAt: { not: null } },
    select: { role: true, reachesAllOrgs: true, reach: { select: { orgId: true } } },
  });
  if (!now) throw new Refusal("UNAUTHORIZED");
  const permissions = new Set(
    ROLE_PERMISSIONS[now.role as Role].filter((each) => caller.permissions.has(each)),
  );
  if (!permissions.has("people.manage")) throw permissionRequired("people.manage");
  const own: Reach = now.reachesAllOrgs
    ? { all: true }
    : { all: false, orgIds: now.reach.map(({ orgId }) => orgId) };
  return { ...caller, permissions, reach: cutReach(caller.reach, own) };
}
