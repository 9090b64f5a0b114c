import { writeReach } from "@/lib/people/write-reach";
import type { Db } from "@/lib/platform/db/client";
import { log } from "@/lib/platform/log";
import type { Follow, Followed } from "./followed";
import type { Access } from "./grant-access";
import { writeProviderEntry } from "./write-provider-entry";

/** Changes what differs from the provider's account, with an entry; nothing otherwise. */
export async function writeChanges(
  tx: Db,
  person: Followed,
  { provider, account, context }: Follow,
  { role, reach }: Access,
): Promise<void> {
  const { id } = person;
  const before = {
    name: person.name,
    email: person.email,
    role: person.role,
    reach: {
      all: person.reachesAllOrgs,
      org_ids: person.reachesAllOrgs ? null : person.reach.map(({ orgId }) => orgId),
    },
  };
  const email = account.email ?? before.email;
  const isTaken = email !== before.email && (await tx.person.count({ where: { email } })) > 0;
  if (isTaken) log.warn({ person_id: id }, "the identity provider's email belongs to someone else");
  const after = { name: account.name, email: isTaken ? before.email : email, role, reach };
  const names = ["name", "email", "role", "reach"] as const;
  const changed = names.filter((name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]));
  if (changed.length === 0) return;
  await tx.person.updateMany({
    where: { id },
    data: {
      name: after.name,
      email: after.email,
      role,
      reachesAllOrgs: reach.all,
      updatedAt: new Date(),
    },
  });
  if (changed.includes("reach")) await writeReach(tx, id, reach.org_ids ?? []);
  const changes = Object.fromEntries(changed.map((name) => [name, [before[name], after[name]]]));
  await writeProviderEntry(tx, {
    provider,
    context,
    action: "person.updated",
    person: after.email === person.email ? person : { id, email: after.email },
    meta: { changes },
  });
}
