import { isBreakGlass } from "@/lib/identity/password-rules";
import { disableIn } from "@/lib/people/disable-in";
import { takeTurn } from "@/lib/people/lock-people";
import type { Db } from "@/lib/platform/db/client";
import { isUniqueViolation } from "@/lib/platform/db/is-unique-violation";
import type { OidcProvider } from "@/lib/platform/env/oidc-providers";
import { actorOfProvider } from "@/lib/sso/provider-actor";
import { writeProviderEntry } from "@/lib/sso/write-provider-entry";
import type { RequestContext } from "@/lib/states/audit-entry";
import { findUser, type UserRow } from "./find-users";
import { ScimError } from "./scim-error";
import type { ScimUser } from "./user-schema";

type By = { provider: OidcProvider; context: RequestContext };

const taken = () =>
  new ScimError(409, "Someone already has this userName, externalId or email.", "uniqueness");

async function locked<T>(db: Db, work: (tx: Db) => Promise<T>): Promise<T> {
  try {
    return await db.$transaction(async (tx) => {
      await takeTurn(tx);
      return work(tx);
    });
  } catch (error) {
    throw isUniqueViolation(error) ? taken() : error;
  }
}

/**
 * Makes a person without any access, whose groups decide about it at their first sign-in.
 * @throws ScimError uniqueness
 */
export function createUser(db: Db, user: ScimUser, by: By): Promise<UserRow> {
  const { userName, externalId, name, email, active } = user;
  return locked(db, async (tx) => {
    if (isBreakGlass(email)) throw taken();
    const { id } = await tx.person.create({
      data: { kind: "staff", name, email, role: "support", reachesAllOrgs: false },
      select: { id: true },
    });
    const { id: provider, issuer } = by.provider;
    await tx.identity.create({
      data: { personId: id, provider, issuer, userName, externalId },
      select: { personId: true },
    });
    const meta = { name, role: "support", reach: { all: false, org_ids: [] }, user_name: userName };
    await writeProviderEntry(tx, { ...by, action: "person.provisioned", person: { id, email }, meta });
    if (!active) await deactivate(tx, { id, name, email }, by);
    return findUser(tx, by.provider, id);
  });
}

/**
 * Changes a person's name, email and ids, and whether they are active; takes effect with their next request.
 * @param change makes the wanted user of the current one
 * @throws ScimError 404, uniqueness
 */
export function saveUser(
  db: Db,
  userId: string,
  change: (row: UserRow) => ScimUser,
  by: By,
): Promise<UserRow> {
  return locked(db, async (tx) => {
    const row = await findUser(tx, by.provider, userId);
    const { userName, externalId, name, email, active } = change(row);
    const { id } = row;
    if (email !== row.email && isBreakGlass(email)) throw taken();
    const before = { name: row.name, email: row.email };
    const names = (["name", "email"] as const).filter((field) => before[field] !== { name, email }[field]);
    if (names.length > 0) {
      await tx.person.updateMany({ where: { id }, data: { name, email, updatedAt: new Date() } });
      const changes = Object.fromEntries(
        names.map((field) => [field, [before[field], { name, email }[field]]]),
      );
      await writeProviderEntry(tx, {
        ...by,
        action: "person.updated",
        person: { id, email },
        meta: { changes },
      });
    }
    await tx.identity.updateMany({ where: { personId: id }, data: { userName, externalId } });
    const identity = await tx.identity.findUniqueOrThrow({ where: { personId: id } });
    if (!active && !identity.isDeactivated) await deactivate(tx, { id, name, email }, by, row.is_disabled);
    if (active && identity.isDeactivated) await activate(tx, { id, name, email }, by);
    return findUser(tx, by.provider, id);
  });
}

type Person = { id: string; name: string; email: string };

/** A person who is disabled already changes only in that no one but the provider can enable them. */
async function deactivate(
  tx: Db,
  person: Person,
  { provider, context }: By,
  isDisabled = false,
): Promise<void> {
  await tx.identity.updateMany({ where: { personId: person.id }, data: { isDeactivated: true } });
  if (isDisabled) return;
  const meta = { reason: `${provider.name} deactivated this person`, provider: provider.id };
  const disabledAt = await disableIn(tx, {
    person,
    by: { actor: actorOfProvider(provider), reach: { all: true } },
    context,
    meta,
  });
  await tx.identity.updateMany({ where: { personId: person.id }, data: { disabledAt } });
}

/** A person whom an admin disabled meanwhile stays disabled. */
async function activate(tx: Db, person: Person, by: By): Promise<void> {
  const { id } = person;
  await tx.identity.updateMany({ where: { personId: id }, data: { isDeactivated: false } });
  const [enabled] = await tx.$queryRaw<{ id: string }[]>`
    UPDATE people p SET disabled_at = NULL, updated_at = date_trunc('milliseconds', clock_timestamp())
    FROM identities i WHERE p.id = ${id}::uuid AND i.person_id = p.id AND p.disabled_at = i.disabled_at
    RETURNING p.id`;
  if (!enabled) return;
  await tx.identity.updateMany({ where: { personId: id }, data: { disabledAt: null } });
  const meta = { reason: `${by.provider.name} activated this person again` };
  await writeProviderEntry(tx, { ...by, action: "person.enabled", person, meta });
}
