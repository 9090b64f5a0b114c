import type { ClientBase } from "pg";
import type { DemoAccounts, DemoKeyName } from "@/demo/start/accounts";
import { generateKey, hashKey } from "@/lib/identity/key";
import { type KeyKind, keyPrefix } from "@/lib/states/key";
import { ADMIN_SCOPE } from "@/lib/states/permissions";
import type { SeededOrganization, SeededStaff } from "./people";

type NewKey = {
  kind: KeyKind;
  name: string;
  ownerId: string;
  /** An inference key's organization. */
  orgId?: string;
  scopes?: string[];
  /** A service key's organizations; absent: all. */
  reach?: string[];
  state?: "expired" | "revoked";
};

export type SeededKey = { id: string; name: string; prefix: string; ownerId: string; orgId: string | null };
export type SeededKeys = {
  secrets: DemoAccounts["keys"];
  inference: SeededKey[];
  admin: SeededKey;
  ofStaff: SeededKey;
};

/** The demo's published keys, and one more for every customer's traffic. */
export async function insertKeys(
  client: ClientBase,
  organizations: SeededOrganization[],
  staff: SeededStaff[],
): Promise<SeededKeys> {
  const owner = staff.find(({ role, state }) => role === "admin" && !state)!.id;
  const unverified = staff.find(({ state }) => state === "unverified")!.id;
  const service = (name: string, traits: Partial<NewKey>): NewKey => ({
    kind: "service",
    name,
    ownerId: owner,
    ...traits,
  });
  const inferenceOf = (organization: SeededOrganization, name: string): NewKey => ({
    kind: "inference",
    name,
    ownerId: organization.members[0]!.id,
    orgId: organization.id,
  });
  const [first, second] = organizations as [SeededOrganization, SeededOrganization];
  const demo: Record<DemoKeyName, NewKey> = {
    admin: service("Support automation", { scopes: [ADMIN_SCOPE] }),
    admin_one_org: service(`Desk of ${first.name}`, { scopes: [ADMIN_SCOPE], reach: [first.id] }),
    svc_without_admin_scope: service("Nightly report", { scopes: ["runs.read", "runs.cancel"] }),
    svc_read_only: service("Audit tailer", {
      scopes: [ADMIN_SCOPE, "runs.read", "audit.read", "security.read"],
    }),
    svc_unverified_owner: service("Migration script", { scopes: [ADMIN_SCOPE], ownerId: unverified }),
    svc_expired: service("Contractor, spring", { scopes: [ADMIN_SCOPE], state: "expired" }),
    svc_revoked: service("Old dashboard", { scopes: [ADMIN_SCOPE], state: "revoked" }),
    inference: inferenceOf(first, "Production"),
    inference_other_org: inferenceOf(second, "Production"),
    // Its runs are created by the owner of `admin`, who therefore can't cancel them.
    inference_of_staff: { ...inferenceOf(first, "Internal testing"), ownerId: owner },
  };
  const secrets = {} as DemoAccounts["keys"];
  const inserted = {} as Record<DemoKeyName, SeededKey>;
  for (const [name, key] of Object.entries(demo) as [DemoKeyName, NewKey][]) {
    const secret = generateKey(key.kind);
    secrets[name] = secret;
    inserted[name] = await insertKey(client, key, secret);
  }
  const inference = [inserted.inference, inserted.inference_other_org];
  for (const organization of organizations.slice(2)) {
    inference.push(
      await insertKey(client, inferenceOf(organization, "Production"), generateKey("inference")),
    );
  }
  return { secrets, inference, admin: inserted.admin, ofStaff: inserted.inference_of_staff };
}

/** Everyone made their own key: customers in their dashboard, staff in the console. */
async function insertKey(client: ClientBase, key: NewKey, secret: string): Promise<SeededKey> {
  const { kind, name, ownerId, orgId = null, scopes = [], reach, state } = key;
  const { rows } = await client.query<{ id: string }>(
    `INSERT INTO api_keys (kind, name, prefix, hash, owner_id, created_by, org_id, scopes, reaches_all_orgs, expires_at,
       revoked_at, created_at)
     VALUES ($1, $2, $3, $4, $5, $5, $6, $7, $8, CASE WHEN $9 THEN now() - interval '20 days' END,
       CASE WHEN $10 THEN now() - interval '12 days' END, now() - interval '120 days') RETURNING id`,
    [
      kind,
      name,
      keyPrefix(secret),
      Buffer.from(hashKey(secret)),
      ownerId,
      orgId,
      scopes,
      kind === "service" && !reach,
      state === "expired",
      state === "revoked",
    ],
  );
  const { id } = rows[0]!;
  if (reach)
    await client.query("INSERT INTO key_reach (key_id, org_id) SELECT $1, unnest($2::uuid[])", [id, reach]);
  return { id, name, prefix: keyPrefix(secret), ownerId, orgId };
}
