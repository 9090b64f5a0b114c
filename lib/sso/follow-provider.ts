import { disableIn } from "@/lib/people/disable-in";
import type { Db } from "@/lib/platform/db/client";
import { actorOfProvider } from "./provider-actor";
import { type Follow, FOLLOWED, type Followed } from "./followed";
import { grantAccess } from "./grant-access";
import { writeProviderEntry } from "./write-provider-entry";
import { writeChanges } from "./write-changes";

/**
 * Makes a person what their identity provider says: name, email, role and reach; disabled without any access,
 * and enabled again if it was the provider that had disabled them.
 * @param tx holds the people lock
 * @returns why the person may not sign in, if so
 */
export async function followProvider(
  tx: Db,
  personId: string,
  follow: Follow,
): Promise<"disabled" | "no_access" | undefined> {
  const { provider, account } = follow;
  const person = await tx.person.findUniqueOrThrow({ where: { id: personId }, include: FOLLOWED });
  const isDisabled = person.disabledAt !== null;
  if (person.identity?.isDeactivated) return "disabled";
  if (isDisabled && person.identity?.disabledAt?.getTime() !== person.disabledAt?.getTime())
    return "disabled";
  const access = await grantAccess(tx, provider.access, account.groups);
  if (!access) {
    if (!isDisabled) await disable(tx, person, follow);
    return "no_access";
  }
  if (isDisabled) await enable(tx, person, follow);
  await writeChanges(tx, person, follow, access);
  await tx.identity.updateMany({
    where: { personId },
    data: { provider: provider.id, lastSeenAt: new Date() },
  });
  return undefined;
}

async function disable(tx: Db, person: Followed, { provider, context }: Follow): Promise<void> {
  const meta = { reason: `${provider.name} gives this person no access`, provider: provider.id };
  const disabledAt = await disableIn(tx, {
    person,
    by: { actor: actorOfProvider(provider), reach: { all: true } },
    context,
    meta,
  });
  await tx.identity.updateMany({ where: { personId: person.id }, data: { disabledAt } });
}

async function enable(tx: Db, person: Followed, { provider, context }: Follow): Promise<void> {
  await tx.person.updateMany({
    where: { id: person.id },
    data: { disabledAt: null, updatedAt: new Date() },
  });
  await tx.identity.updateMany({ where: { personId: person.id }, data: { disabledAt: null } });
  const meta = { reason: `${provider.name} gives this person access again` };
  await writeProviderEntry(tx, { provider, context, action: "person.enabled", person, meta });
}
