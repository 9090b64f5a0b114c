import { randomUUID } from "node:crypto";
import type { Pool } from "pg";
import type { RequestContext } from "@/lib/states/audit-entry";
import type { Caller } from "@/lib/states/caller";
import { INFERENCE_PERMISSIONS, ROLE_PERMISSIONS, type Role } from "@/lib/states/permissions";
import type { RunStatus } from "@/lib/states/run";

/** What every run needs: an organization, its person with a key, a model, and staff who may cancel. */
export type Fixture = { orgId: string; modelId: string; model: string; customer: Caller; support: Caller };

export const TEST_CONTEXT: RequestContext = {
  source: "api",
  ip: null,
  userAgent: null,
  requestId: "req_test",
};

/** @param sql as a role that may insert: the owner or the application */
export async function seedFixture(sql: Pool): Promise<Fixture> {
  const mark = randomUUID().slice(0, 8);
  const insert = async (text: string, values: unknown[]): Promise<string> => {
    const { rows } = await sql.query<{ id: string }>(`${text} RETURNING id`, values);
    return rows[0]!.id;
  };
  const orgId = await insert("INSERT INTO organizations (name, slug, email) VALUES ($1, $2, $3)", [
    `Org ${mark}`,
    `org-${mark}`,
    `${mark}@org.example`,
  ]);
  await sql.query("INSERT INTO ledger_entries (org_id, kind, amount) VALUES ($1, 'top_up', 1000)", [orgId]);
  const customerId = await insert(
    `INSERT INTO people (kind, name, email, email_verified_at, org_id) VALUES ('customer', 'Customer', $1, now(), $2)`,
    [`customer-${mark}@org.example`, orgId],
  );
  const keyId = await insert(
    `INSERT INTO api_keys (kind, name, prefix, hash, owner_id, org_id, scopes)
     VALUES ('inference', 'Key', 'rf_live_test', sha256($1::bytea), $2, $3, '{}')`,
    [mark, customerId, orgId],
  );
  const model = `test/model-${mark}`;
  const modelId = await insert(
    "INSERT INTO models (slug, kind, price_usd, p50_ms, p95_ms) VALUES ($1, 'image-to-image', 0.1, 8000, 60000)",
    [model],
  );
  const customer = inferenceCaller({ keyId, personId: customerId, orgId });
  return { orgId, modelId, model, customer, support: await makeStaff(sql, "support") };
}

/** Makes a staff user with access to every organization, in the form that verbs get from the route. */
export async function makeStaff(sql: Pool, role: Role, name = "Sam Support"): Promise<Caller> {
  const email = `${randomUUID()}@staff.example`;
  const { rows } = await sql.query<{ id: string }>(
    `INSERT INTO people (kind, name, email, email_verified_at, role, reaches_all_orgs)
     VALUES ('staff', $1, $2, now(), $3, true) RETURNING id`,
    [name, email, role],
  );
  const id = rows[0]!.id;
  return {
    kind: "session",
    credentialId: randomUUID(),
    person: { id, name, email, isVerified: true },
    actor: { type: "user", id, name, email, role, keyPrefix: null },
    scopes: null,
    permissions: new Set(ROLE_PERMISSIONS[role]),
    reach: { all: true },
    isAdmitted: true,
  };
}

function inferenceCaller({
  keyId,
  personId,
  orgId,
}: {
  keyId: string;
  personId: string;
  orgId: string;
}): Caller {
  const email = "customer@org.example";
  return {
    kind: "inference",
    credentialId: keyId,
    person: { id: personId, name: "Customer", email, isVerified: true },
    actor: { type: "inference_key", id: keyId, name: "Key", email, role: null, keyPrefix: "rf_live_test" },
    scopes: null,
    permissions: new Set(INFERENCE_PERMISSIONS),
    reach: { all: false, orgIds: [orgId] },
    isAdmitted: false,
  };
}

type RunTraits = { status?: RunStatus; ageMs?: number; createdBy?: string | null; apiKeyId?: string };

/** @returns the id of a run created `ageMs` ago and now in `status` */
export async function makeRun(sql: Pool, fixture: Fixture, traits: RunTraits = {}): Promise<string> {
  const { status = "running", ageMs = 10_000, createdBy = fixture.customer.person.id } = traits;
  const { apiKeyId = null } = traits;
  const { rows } = await sql.query<{ id: string }>(
    `INSERT INTO runs (org_id, model_id, model, source_code, status_code, input, request_id, created_by, api_key_id, created_at,
       started_at, completed_at, duration_ms)
     SELECT $1, $2, $3, 'api', $4::run_status, '{}', 'req_test', $5, $7, t.at,
       CASE WHEN $4::run_status >= 'running' THEN t.at END, CASE WHEN is_terminal($4::run_status) THEN t.at END,
       CASE WHEN is_terminal($4::run_status) THEN 0 END
     FROM (SELECT date_trunc('milliseconds', now() - $6 * interval '1 millisecond') AS at) t
     RETURNING id`,
    [fixture.orgId, fixture.modelId, fixture.model, status, createdBy, ageMs, apiKeyId],
  );
  return rows[0]!.id;
}
