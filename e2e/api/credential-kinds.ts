import { generateKey } from "@/lib/identity/key";
import { signProviderRequest } from "@/lib/runs/provider-signature";
import { ADMIN_SCOPE, PERMISSIONS, type Role } from "@/lib/states/permissions";
import { makeKey, makePerson, type Person, revokeKey, signIn } from "@/test/credentials";
import { TEST_PROVIDER_SECRET } from "@/test/server";
import type { Api } from "@/test/use-api";

/** What a credential is, as far as the contract's order of checks asks. */
export type Credential = {
  name: string;
  /** `none`: no credential, or one that doesn't work (any more). */
  kind: "none" | "session" | "service key" | "inference key" | "provider";
  permissions: readonly string[];
  opensAdmin?: boolean;
  isUnverified?: boolean;
  namesForeignOrganization?: boolean;
  isFromForeignPage?: boolean;
  isFromStaleTab?: boolean;
  isSignedInLongAgo?: boolean;
  headersFor(request: SentRequest): Record<string, string>;
};
export type SentRequest = { method: string; path: string; body: string };
type Traits = Partial<Omit<Credential, "name" | "headersFor">>;

/** Stated a second time, so that no role gains a permission by mistake. New ones are the admin's. */
const OF_ROLE: Record<Role, readonly string[]> = {
  support:
    "runs.read runs.cancel runs.payload.reveal audit.read keys.read deliveries.redeliver billing.read".split(
      " ",
    ),
  auditor: "runs.read audit.read audit.export audit.checkpoint security.read keys.read billing.read".split(
    " ",
  ),
  admin: PERMISSIONS.filter((permission) => permission !== "runs.create"),
};
const OF_CUSTOMER = "runs.read runs.create webhooks.manage deliveries.redeliver billing.read".split(" ");
/** A key reads payloads unmasked, so an auditor's can't read runs. */
const OF_INTERNAL_TEST: Record<Role, readonly string[]> = {
  support: ["runs.read", "runs.create", "deliveries.redeliver", "billing.read"],
  auditor: ["runs.create", "billing.read"],
  admin: OF_CUSTOMER,
};
const ROLES: readonly Role[] = ["support", "auditor", "admin"];

export const SCIM_TOKEN = "scim-token-of-the-provider-0123456789";

/** Makes one credential of every kind. Each belongs to its own person, so that none affects another. */
export async function makeCredentialKinds({ database, baseUrl, fixture, otherScene }: Api) {
  const sql = database.owner;
  const kinds: Credential[] = [];
  const add = (name: string, traits: Traits, headers: object) =>
    kinds.push({ kind: "none", permissions: [], ...traits, name, headersFor: () => ({ ...headers }) });

  add("no credential", {}, {});
  add("a key that was never issued", {}, { Authorization: `Bearer ${generateKey("service")}` });
  add("a provider's SCIM token", {}, { Authorization: `Bearer ${SCIM_TOKEN}` });
  kinds.push({
    name: "the compute provider's signature",
    kind: "provider",
    permissions: [],
    headersFor: (request) => ({
      "Runflow-Provider-Signature": signProviderRequest(TEST_PROVIDER_SECRET, request, Date.now()),
    }),
  });

  type Change = (person: Person) => Promise<unknown>;
  const session = async (
    name: string,
    role: Role,
    { more = {}, headers = {}, orgIds, change }: Partial<SessionOptions> = {},
  ) => {
    const person = await makePerson(sql, { role, ...(orgIds && { orgIds }) });
    const browser = { ...(await signIn(baseUrl, person)) };
    await change?.(person);
    const traits: Traits = {
      kind: "session",
      opensAdmin: true,
      permissions: OF_ROLE[role],
      ...more,
    };
    add(`session: ${name}`, traits, { ...browser, ...headers });
  };
  type SessionOptions = { more: Traits; headers: object; orgIds: string[]; change: Change };
  const update =
    (set: string): Change =>
    ({ id }) =>
      sql.query(`UPDATE sessions SET ${set} WHERE person_id = $1`, [id]);
  const set =
    (column: string): Change =>
    ({ id }) =>
      sql.query(`UPDATE people SET ${column} WHERE id = $1`, [id]);
  const dead: Traits = { kind: "none" };
  const long: Traits = { isSignedInLongAgo: true };
  const foreign = { Origin: "https://elsewhere.example", "Sec-Fetch-Site": "cross-site" };
  const otherOrganization = { "X-Organization-Id": otherScene.orgId };

  for (const role of ROLES) {
    await session(`${role} of all organizations`, role);
    await session(`${role} of one organization`, role, { orgIds: [fixture.orgId] });
    await session(`${role} who names another organization`, role, {
      orgIds: [fixture.orgId],
      more: { namesForeignOrganization: true },
      headers: otherOrganization,
    });
    await session(`${role} who signed in an hour ago`, role, {
      more: long,
      change: update("authenticated_at = now() - interval '1 hour'"),
    });
  }
  await session("ended", "admin", { more: dead, change: update("ended_at = now()") });
  await session("expired", "admin", {
    more: dead,
    change: update("created_at = now() - interval '13 hours', expires_at = now() - interval '1 hour'"),
  });
  await session("unused for a day", "admin", {
    more: dead,
    change: update("last_used_at = now() - interval '1 day'"),
  });
  await session("disabled person", "admin", { more: dead, change: set("disabled_at = now()") });
  await session("unverified person", "admin", {
    more: { isUnverified: true },
    change: set("email_verified_at = NULL"),
  });
  await session("another site's page", "admin", { more: { isFromForeignPage: true }, headers: foreign });
  await session("another site's page, long after the sign-in", "admin", {
    more: { ...long, isFromForeignPage: true },
    headers: foreign,
    change: update("authenticated_at = now() - interval '1 hour'"),
  });
  await session("another person's page", "admin", {
    more: { isFromStaleTab: true },
    headers: { "Runflow-Signed-In-As": fixture.support.person.id },
  });

  type KeyOptions = {
    more: Traits;
    headers: object;
    owner: Parameters<typeof makePerson>[1];
    key: Partial<Parameters<typeof makeKey>[1]>;
    change: string;
  };
  const serviceKey = async (
    name: string,
    role: Role,
    scopes: string[],
    { more = {}, headers = {}, owner = {}, key = {}, change }: Partial<KeyOptions> = {},
  ) => {
    const { id: ownerId } = await makePerson(sql, { role, ...owner });
    const made = await makeKey(sql, { ownerId, scopes, ...key });
    if (change) await sql.query(`UPDATE api_keys SET ${change} WHERE id = $1`, [made.id]);
    const owners = OF_ROLE[role];
    const named = scopes.filter((scope) => scope !== ADMIN_SCOPE);
    const isOwners = scopes.length > 0 && named.length === 0;
    const traits: Traits = {
      kind: "service key",
      opensAdmin: scopes.includes(ADMIN_SCOPE),
      permissions: isOwners ? owners : owners.filter((permission) => named.includes(permission)),
      ...more,
    };
    add(`service key: ${name}`, traits, { ...made.headers, ...headers });
    return made;
  };
  const all = [ADMIN_SCOPE];
  for (const role of ROLES) await serviceKey(`admin alone, of ${role}`, role, all);
  await serviceKey("admin alone, for one organization", "admin", all, { key: { orgIds: [fixture.orgId] } });
  const reads = PERMISSIONS.filter((permission) => permission.endsWith(".read"));
  await serviceKey("reads only", "admin", [ADMIN_SCOPE, ...reads]);
  await serviceKey("cancels and reads runs", "admin", [ADMIN_SCOPE, "runs.read", "runs.cancel"]);
  await serviceKey("reads the trail only", "admin", [ADMIN_SCOPE, "audit.read"]);
  await serviceKey("every scope, of support", "support", [ADMIN_SCOPE, ...PERMISSIONS]);
  await serviceKey("without the scope admin", "admin", ["runs.read", "runs.cancel"]);
  await serviceKey("without scopes", "admin", []);
  await serviceKey("with a scope that looks like admin", "admin", ["administrator", "runs.cancel"]);
  await serviceKey("that names another organization", "admin", all, {
    key: { orgIds: [fixture.orgId] },
    more: { namesForeignOrganization: true },
    headers: otherOrganization,
  });
  await serviceKey("expired", "admin", all, { more: dead, key: { isExpired: true } });
  const revoked = await serviceKey("revoked", "admin", all, { more: dead });
  await revokeKey(sql, revoked);
  const suspended = "suspended_until = now() + interval '1 hour'";
  await serviceKey("suspended", "admin", all, { more: dead, change: suspended });
  await serviceKey("of a disabled owner", "admin", all, { more: dead, owner: { isDisabled: true } });
  const leaver = await makePerson(sql, { role: "admin", isDisabled: true });
  await serviceKey("of a disabled maker", "admin", all, { more: dead, key: { madeBy: leaver.id } });
  await serviceKey("of an unverified owner", "admin", all, {
    more: { isUnverified: true },
    owner: { isVerified: false },
  });

  const customerId = fixture.customer.person.id;
  const inferenceKey = async (
    name: string,
    ownerId: string,
    { more = {}, headers = {}, key = {}, change }: Partial<KeyOptions> = {},
  ) => {
    const made = await makeKey(sql, { ownerId, orgId: fixture.orgId, ...key });
    if (change) await sql.query(`UPDATE api_keys SET ${change} WHERE id = $1`, [made.id]);
    const traits: Traits = { kind: "inference key", permissions: OF_CUSTOMER, ...more };
    add(`inference key: ${name}`, traits, { ...made.headers, ...headers });
    return made;
  };
  await inferenceKey("of a customer", customerId);
  await inferenceKey("that names another organization", customerId, {
    more: { namesForeignOrganization: true },
    headers: otherOrganization,
  });
  for (const role of ROLES) {
    const more = { permissions: OF_INTERNAL_TEST[role] };
    await inferenceKey(`of ${role}`, (await makePerson(sql, { role })).id, { more });
  }
  const outside = await makePerson(sql, { role: "admin", orgIds: [otherScene.orgId] });
  await inferenceKey("of staff without its organization", outside.id, { more: dead });
  await inferenceKey("expired", customerId, { more: dead, key: { isExpired: true } });
  await revokeKey(sql, await inferenceKey("revoked", customerId, { more: dead }));
  await inferenceKey("suspended", customerId, { more: dead, change: suspended });
  const { rows } = await sql.query<{ id: string }>(
    "INSERT INTO people (kind, name, email, org_id) VALUES ('customer', 'New', 'new@org.example', $1) RETURNING id",
    [fixture.orgId],
  );
  await inferenceKey("of an unverified customer", rows[0]!.id, { more: { isUnverified: true } });
  return kinds;
}
