import type { Prisma } from "@/generated/prisma/client";
import type { KeyOwner } from "@/lib/contract/keys";
import type { Db } from "@/lib/platform/db/client";
import { Refusal } from "@/lib/platform/errors";
import { type Caller, type Reach, reaches } from "@/lib/states/caller";
import { TESTER_ROLES } from "@/lib/states/key-scopes";
import { findRole, type Role } from "@/lib/states/permissions";

/** The parts of a person that decide whether they can own a key. */
export type Owner = { id: string; name: string; email: string; role: Role | null; reach: Reach };

const MOST = 500;

async function select(db: Db, where: Prisma.PersonWhereInput): Promise<Owner[]> {
  const people = await db.person.findMany({
    // Keys don't work while their owner is disabled or has an unverified email.
    where: { AND: [{ disabledAt: null, emailVerifiedAt: { not: null } }, where] },
    select: {
      id: true,
      name: true,
      email: true,
      role: true,
      orgId: true,
      reachesAllOrgs: true,
      reach: { select: { orgId: true }, orderBy: { orgId: "asc" } },
    },
    // A customer's own people come before staff.
    orderBy: [{ kind: "asc" }, { name: "asc" }, { id: "asc" }],
    take: MOST,
  });
  return people.map(({ id, name, email, role, orgId, reachesAllOrgs, reach }) => ({
    id,
    name,
    email,
    role: findRole(role),
    reach: reachesAllOrgs
      ? { all: true }
      : { all: false, orgIds: orgId === null ? reach.map((each) => each.orgId) : [orgId] },
  }));
}

/**
 * Lists the people for whom the caller can make an inference key: the organization's people, and themselves
 * if they may test with it.
 * @throws Refusal ORGANIZATION_MEMBERSHIP_REQUIRED
 */
export async function findKeyOwners(
  db: Db,
  { reach, person }: Pick<Caller, "reach" | "person">,
  orgId: string,
): Promise<KeyOwner[]> {
  const named = orgId.toLowerCase();
  if (!reaches(reach, named)) throw new Refusal("ORGANIZATION_MEMBERSHIP_REQUIRED");
  const owners = await select(db, { AND: [among(named), { OR: [{ kind: "customer" }, { id: person.id }] }] });
  return owners.map(({ reach: _reach, ...owner }) => owner);
}

/** The staff who own keys, to filter a list by. */
export const listStaff = (db: Db): Promise<{ id: string; name: string }[]> =>
  db.person.findMany({
    where: { kind: "staff" },
    select: { id: true, name: true },
    orderBy: [{ name: "asc" }, { id: "asc" }],
    take: MOST,
  });

/** @returns undefined for a person who can't own a key of that kind */
export const findKeyOwner = async (
  db: Db,
  ownerId: string,
  orgId: string | undefined,
): Promise<Owner | undefined> => (await select(db, { id: ownerId, ...among(orgId) }))[0];

const among = (orgId: string | undefined): Prisma.PersonWhereInput =>
  orgId === undefined
    ? { kind: "staff" }
    : {
        OR: [
          { orgId },
          {
            kind: "staff",
            role: { in: [...TESTER_ROLES] },
            OR: [{ reachesAllOrgs: true }, { reach: { some: { orgId } } }],
          },
        ],
      };
