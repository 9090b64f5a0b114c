import type { Prisma } from "@/generated/prisma/client";
import { endSessionsOf } from "@/lib/identity/end-session";
import { isBreakGlass } from "@/lib/identity/password-rules";
import { closeLink } from "@/lib/people/open-link";
import { isLastAdmin } from "@/lib/people/refuse-beyond";
import { writeReach } from "@/lib/people/write-reach";
import type { Db } from "@/lib/platform/db/client";
import { env } from "@/lib/platform/env/env";
import type { OidcProvider } from "@/lib/platform/env/oidc-providers";
import type { RequestContext } from "@/lib/states/audit-entry";
import { nameProvider } from "@/lib/platform/env/find-provider";
import { actorOfProvider } from "./provider-actor";
import { grantAccess } from "./grant-access";
import type { ProviderAccount } from "./read-account";
import { writeProviderEntry } from "./write-provider-entry";

type Join = { provider: OidcProvider; account: ProviderAccount; context: RequestContext };
export type JoinFailure = "disabled" | "no_access" | "email_unverified" | "email_taken" | "last_admin";

/**
 * Finds or makes the person of an account that has never signed in: made just in time, or linked by email if
 * the provider may.
 * @param tx holds the people lock
 */
export async function joinPerson(tx: Db, join: Join): Promise<{ id: string } | { failure: JoinFailure }> {
  const { provider, account } = join;
  const access = await grantAccess(tx, provider.access, account.groups);
  if (!access) return { failure: "no_access" };
  const provisioned = await claimProvisioned(tx, join);
  if (provisioned) return provisioned;
  const { email } = account;
  if (email === undefined) return { failure: "email_unverified" };
  if (isBreakGlass(email)) return { failure: "email_taken" };
  const known = await tx.person.findUnique({ where: { email }, include: { identity: true } });
  if (known) return link(tx, known, join);

  const { name, subject } = account;
  const { role, reach } = access;
  const { id } = await tx.person.create({
    data: { kind: "staff", name, email, role, reachesAllOrgs: reach.all },
    select: { id: true },
  });
  await tx.person.updateMany({ where: { id }, data: { emailVerifiedAt: new Date() } });
  await writeReach(tx, id, reach.org_ids ?? []);
  await tx.identity.create({
    data: { personId: id, provider: provider.id, issuer: provider.issuer, subject },
    select: { personId: true },
  });
  const meta = { name, role, reach, subject };
  await writeProviderEntry(tx, { ...join, action: "person.provisioned", person: { id, email }, meta });
  return { id };
}

/** A person whom SCIM made, at their first sign-in: by the id that both protocols use, or by email. */
async function claimProvisioned(tx: Db, join: Join): Promise<{ id: string } | undefined> {
  const { provider, account } = join;
  const { subject, email } = account;
  const find = (by: Prisma.IdentityWhereInput) =>
    tx.identity.findFirst({
      where: { issuer: provider.issuer, subject: null, ...by },
      select: { person: { select: { id: true, email: true } } },
    });
  const found =
    (await find({ externalId: subject })) ?? (email === undefined ? null : await find({ person: { email } }));
  if (!found) return undefined;
  const { person } = found;
  await tx.identity.updateMany({ where: { personId: person.id }, data: { subject } });
  const now = new Date();
  await tx.person.updateMany({ where: { id: person.id }, data: { emailVerifiedAt: now, updatedAt: now } });
  const meta = { changes: { sign_in: [null, provider.name] }, subject };
  await writeProviderEntry(tx, { ...join, action: "person.updated", person, meta });
  return { id: person.id };
}

type Known = Prisma.PersonGetPayload<{ include: { identity: true } }>;

/** Replaces a person's password, or their account at a provider that is no longer configured. */
async function link(tx: Db, known: Known, join: Join): Promise<{ id: string } | { failure: JoinFailure }> {
  const { provider, account, context } = join;
  const { id, identity } = known;
  const isInUse = env().OIDC_PROVIDERS.some(({ issuer }) => issuer === identity?.issuer);
  if (known.kind !== "staff" || !provider.link_by_email || isInUse) return { failure: "email_taken" };
  if (known.disabledAt?.getTime() !== identity?.disabledAt?.getTime()) return { failure: "disabled" };
  if (await isLastAdmin(tx, id)) return { failure: "last_admin" };
  const linked = { provider: provider.id, issuer: provider.issuer, subject: account.subject };
  await tx.identity.upsert({
    where: { personId: id },
    create: { personId: id, ...linked },
    update: linked,
    select: { personId: true },
  });
  const now = new Date();
  await tx.person.updateMany({
    where: { id },
    data: { passwordHash: null, emailVerifiedAt: now, updatedAt: now },
  });
  await closeLink(tx, id);
  const changes = { sign_in: [identity ? nameProvider(identity.provider) : "password", provider.name] };
  const meta = { changes, subject: account.subject };
  await writeProviderEntry(tx, { ...join, action: "person.updated", person: known, meta });
  const endedBy = actorOfProvider(provider);
  await endSessionsOf(tx, { personId: id, endedBy, context, cause: "identity_linked" });
  return { id };
}
