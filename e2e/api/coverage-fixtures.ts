import { randomUUID } from "node:crypto";
import type { AuditAction } from "@/lib/states/audit-entry";
import { signProviderEvent } from "@/lib/runs/provider-signature";
import { PLATFORM_ORG_ID } from "@/lib/states/platform-org";
import { makeApproval } from "@/test/approvals";
import { callHttp } from "@/test/call-http";
import { type Key, makePerson, makeKey, signIn, TEST_PASSWORD } from "@/test/credentials";
import { endRuns, makeCallbackSecret, makeRunWithCallback, makeWebhook } from "@/test/deliveries";
import { makeRun, seedFixture } from "@/test/fixture";
import { makeFailedJob } from "@/test/jobs";
import { codeOf, giveApp } from "@/test/second-factor";
import { TEST_PROVIDER_SECRET } from "@/test/server";
import type { Api } from "@/test/use-api";

export type Stage = Pick<Api, "database" | "fixture" | "baseUrl"> & {
  /** A service key with every permission, for all customers. */
  admin: Key;
  /** A customer's key. */
  inference: Key;
};

/** A request that succeeds, and the target of its entry. */
export type Attempt = {
  path: string;
  body?: object;
  headers?: Record<string, string>;
  /** The target's id, or how to read it from the answer to a create. */
  target?: string | ((answer: Answer) => string);
  /** An entry that comes before, about the new record. */
  first?: { action: AuditAction; target: (answer: Answer) => string };
  /** The actor, if no key identifies one. */
  actorId?: string;
};
type Answer = { id: string };

type Fixture = (stage: Stage) => Promise<Attempt> | Attempt;

const at =
  (path: string): Fixture =>
  () => ({ path });
const madeBy = ({ id }: Answer): string => id;
const ADDRESS = "https://hooks.example/runflow";

const anyRun = ({ database, fixture }: Stage) => makeRun(database.owner, fixture);
const endedRun = async ({ database: { owner }, fixture }: Stage) => {
  const id = await makeRunWithCallback(owner, fixture, ADDRESS);
  await endRuns(owner, [id]);
  await owner.query(
    "UPDATE deliveries SET state = 'failed', settled_at = now(), next_attempt_at = NULL WHERE run_id = $1",
    [id],
  );
  return id;
};
const anyWebhook = ({ database, fixture }: Stage) =>
  makeWebhook(database.owner, fixture.orgId, ADDRESS, ["run.failed"]);

async function anyDelivery(stage: Stage): Promise<string> {
  const { owner } = stage.database;
  const webhookId = await anyWebhook(stage);
  const runId = await anyRun(stage);
  await endRuns(owner, [runId]);
  const { rows } = await owner.query<{ id: string }>(
    "UPDATE deliveries SET state = 'failed', settled_at = now(), next_attempt_at = NULL WHERE webhook_id = $1 RETURNING id",
    [webhookId],
  );
  return rows[0]!.id;
}

async function anySecret({ database, fixture }: Stage): Promise<string> {
  await database.owner.query("UPDATE callback_secrets SET is_current = false");
  await makeCallbackSecret(database.owner, fixture.orgId, `rf_whs_${randomUUID()}`);
  return makeCallbackSecret(database.owner, fixture.orgId, `rf_whs_${randomUUID()}`, false);
}

async function anyView({ database, admin }: Stage): Promise<string> {
  const { rows } = await database.owner.query<{ id: string }>(
    `INSERT INTO saved_views (owner_id, scope, name, query) SELECT owner_id, 'team', $2, 'status=running'
     FROM api_keys WHERE id = $1 RETURNING id`,
    [admin.id, randomUUID()],
  );
  return rows[0]!.id;
}

const anyApproval = async (stage: Stage, by: string): Promise<string> =>
  makeApproval(stage.database.owner, {
    by: { id: by },
    targetId: await anyRun(stage),
    orgId: stage.fixture.orgId,
  });

const ownerOf = async ({ database, admin }: Stage): Promise<string> => {
  const { rows } = await database.owner.query<{ owner_id: string }>(
    "SELECT owner_id FROM api_keys WHERE id = $1",
    [admin.id],
  );
  return rows[0]!.owner_id;
};

/** A request by someone else, and a signed-in admin who may decide it. */
async function decidable(stage: Stage, decision: "approval" | "refusal"): Promise<Attempt> {
  const { owner } = stage.database;
  const target = await anyApproval(stage, (await makePerson(owner)).id);
  const admin = await makePerson(owner, { role: "admin" });
  const headers = await signIn(stage.baseUrl, admin);
  return { path: `/v1/admin/approvals/${target}/${decision}`, body: {}, headers, target, actorId: admin.id };
}

/** A customer without runs, so that its protection affects no other fixture. */
async function anyCustomer({ database: { owner } }: Stage, isProtected: boolean): Promise<string> {
  const { orgId } = await seedFixture(owner);
  await owner.query("UPDATE organizations SET is_protected = $2 WHERE id = $1", [orgId, isProtected]);
  return orgId;
}

async function anyKey({ database: { owner }, fixture }: Stage): Promise<string> {
  const { id } = await makeKey(owner, { ownerId: fixture.customer.person.id, orgId: fixture.orgId });
  return id;
}

/** A customer's key that the admin key's owner made, with an open link whose token is the key's id. */
async function pendingKey({ database: { owner }, fixture, admin }: Stage) {
  const { rows } = await owner.query<{ id: string }>(
    `WITH pending AS (
       INSERT INTO api_keys (kind, name, prefix, owner_id, created_by, org_id, scopes)
       SELECT 'inference', 'Pending', 'rf_live_', $1, owner_id, $2, '{}' FROM api_keys WHERE id = $3 RETURNING id)
     INSERT INTO key_claims (key_id, token_hash, created_at, expires_at)
     SELECT id, sha256(id::text::bytea), now(), now() + interval '1 hour' FROM pending RETURNING key_id AS id`,
    [fixture.customer.person.id, fixture.orgId, admin.id],
  );
  const { id } = rows[0]!;
  return { target: id, token: id };
}

/** Creates a person with an open link whose token is the person's id. */
async function anyPerson({ database: { owner } }: Stage, isDisabled = false): Promise<string> {
  const { id } = await makePerson(owner, { isDisabled });
  await owner.query(
    `INSERT INTO password_links (person_id, token_hash, created_at, expires_at)
     VALUES ($1::uuid, sha256($1::text::bytea), now(), now() + interval '1 hour')`,
    [id],
  );
  return id;
}

async function anyEntry({ database }: Stage): Promise<string> {
  const { rows } = await database.owner.query<{ id: string }>("SELECT id FROM audit_entries LIMIT 1");
  return rows[0]!.id;
}

const COUNTS = { total: 1, excluded: 0, cancelable: 1, terminal: 0, out_of_reach: 0, own: 0 };
const NO_GROUPS = { by_status: [], by_model: [], by_customer: [] };
const SUMMARY = { ...NO_GROUPS, oldest_at: null, newest_at: null, value_at_stake: "0" };

/** A batch of one run; of a completed one, that run has failed. */
async function anyBatch(stage: Stage, state: "planned" | "running" | "completed"): Promise<string> {
  const { database, fixture } = stage;
  const { rows } = await database.owner.query<{ id: string }>(
    `INSERT INTO cancellation_batches (state, reason, org_ids, created_by, counts, summary, expires_at, total, failed, started_at, started_by,
       command, ended_at)
     SELECT $1, 'abuse of a key', ARRAY[$2::uuid], actor, $4, $5, now() + interval '1 day', 1, (ended_at IS NOT NULL)::int, started_at,
       CASE WHEN started_at IS NOT NULL THEN actor END, CASE WHEN started_at IS NOT NULL THEN '{}'::jsonb END, ended_at
     FROM (SELECT jsonb_build_object('type', 'service_key', 'id', $3::text, 'name', 'Key', 'email', NULL, 'key_prefix', 'rf') AS actor,
       CASE WHEN $1 <> 'planned' THEN now() END AS started_at, CASE WHEN $1 = 'completed' THEN now() END AS ended_at) made
     RETURNING id`,
    [state, fixture.orgId, stage.admin.id, COUNTS, SUMMARY],
  );
  const { id } = rows[0]!;
  const isFailed = state === "completed";
  await database.owner.query(
    "INSERT INTO cancellation_items (batch_id, run_id, org_id, outcome, settled_at) VALUES ($1, $2, $3, $4, $5)",
    [id, await anyRun(stage), fixture.orgId, isFailed ? 503 : null, isFailed ? new Date() : null],
  );
  return id;
}

/** Signs a new person in, besides in another browser. */
async function anySession({ database: { owner }, baseUrl }: Stage) {
  const person = await makePerson(owner);
  await signIn(baseUrl, person);
  const { rows } = await owner.query<{ id: string }>("SELECT id FROM sessions WHERE person_id = $1", [
    person.id,
  ]);
  const headers = { ...(await signIn(baseUrl, person)) };
  return { headers, actorId: person.id, otherId: rows[0]!.id };
}

/** The headers of an attempt. A key in the header would decide over a session. */
export const headersOf = (key: Key, { headers }: Pick<Attempt, "headers">): Record<string, string> =>
  headers && "Cookie" in headers ? headers : { ...key.headers, ...headers };

/** One fixture per operation id. A new operation needs a new fixture. */
export const FIXTURES: Record<string, Fixture> = {
  cancelRun: async (stage) => {
    const target = await anyRun(stage);
    return { path: `/v1/admin/runs/${target}/cancellation`, body: { reason: "stuck for hours" }, target };
  },
  planCancellationBatch: async (stage) => ({
    path: "/v1/admin/cancellation-batches",
    body: { reason: "abuse of a key", run_ids: [await anyRun(stage)] },
    target: madeBy,
  }),
  requestApproval: async (stage) => {
    const organization_id = await anyCustomer(stage, true);
    await stage.database.owner.query(
      "INSERT INTO key_reach (key_id, org_id) SELECT id, $2 FROM api_keys WHERE id = $1 AND NOT reaches_all_orgs",
      [stage.admin.id, organization_id],
    );
    return {
      path: "/v1/admin/approvals",
      body: { kind: "organization.unprotect", organization_id, reason: "abuse of a key" },
      target: madeBy,
    };
  },
  getApproval: async (stage) => ({
    path: `/v1/admin/approvals/${await anyApproval(stage, await ownerOf(stage))}`,
  }),
  listApprovals: at("/v1/admin/approvals"),
  approveRequest: (stage) => decidable(stage, "approval"),
  refuseRequest: (stage) => decidable(stage, "refusal"),
  withdrawRequest: async (stage) => {
    const target = await anyApproval(stage, await ownerOf(stage));
    return { path: `/v1/admin/approvals/${target}/withdrawal`, target };
  },
  protectOrganization: async (stage) => {
    const target = await anyCustomer(stage, false);
    return {
      path: `/v1/admin/organizations/${target}/protection`,
      body: { reason: "a large customer" },
      target,
    };
  },
  unprotectOrganization: async (stage) => {
    const target = await anyCustomer(stage, true);
    await makeApproval(stage.database.owner, {
      by: { id: await ownerOf(stage) },
      targetId: target,
      orgId: target,
      kind: "organization.unprotect",
      decision: "approved",
    });
    return {
      path: `/v1/admin/organizations/${target}/unprotection`,
      body: { reason: "no longer a large customer" },
      target,
    };
  },
  changeCancellationBatch: async (stage) => ({
    path: `/v1/admin/cancellation-batches/${await anyBatch(stage, "planned")}`,
    body: { runs_per_second_limit: 50 },
  }),
  startCancellationBatch: async (stage) => {
    const target = await anyBatch(stage, "planned");
    return {
      path: `/v1/admin/cancellation-batches/${target}/execution`,
      body: { expected_count: 1 },
      target,
    };
  },
  abortCancellationBatch: async (stage) => {
    const target = await anyBatch(stage, "running");
    return { path: `/v1/admin/cancellation-batches/${target}/abortion`, target };
  },
  retryCancellationBatch: async (stage) => {
    const target = await anyBatch(stage, "completed");
    return { path: `/v1/admin/cancellation-batches/${target}/retries`, target };
  },
  revealPayload: async (stage) => {
    const target = await anyRun(stage);
    return { path: `/v1/admin/runs/${target}/payload-reveals`, body: { reason: "ticket #1" }, target };
  },
  updateModel: ({ fixture: { modelId } }) => ({
    path: `/v1/admin/models/${modelId}`,
    body: { stuck_factor: 3 },
    target: modelId,
  }),
  createView: () => ({
    path: "/v1/admin/views",
    body: { name: randomUUID(), query: "status=running" },
    target: madeBy,
  }),
  updateView: async (stage) => {
    const target = await anyView(stage);
    return { path: `/v1/admin/views/${target}`, body: { name: randomUUID() }, target };
  },
  deleteView: async (stage) => {
    const target = await anyView(stage);
    return { path: `/v1/admin/views/${target}`, target };
  },
  createKey: ({ fixture }) => ({
    path: "/v1/admin/keys",
    body: { kind: "inference", name: "New", owner_id: fixture.customer.person.id, org_id: fixture.orgId },
    target: madeBy,
  }),
  createKeyLink: async (stage) => {
    const { target } = await pendingKey(stage);
    return { path: `/v1/admin/keys/${target}/claim-link`, target };
  },
  claimKey: async (stage) => {
    const { target, token } = await pendingKey(stage);
    const headers = { "Content-Type": "application/json" };
    const actorId = stage.fixture.customer.person.id;
    return { path: "/v1/auth/key-claims", body: { token }, headers, target, actorId };
  },
  rotateKey: async (stage) => {
    const target = await anyKey(stage);
    const body = { overlap: "24h" };
    const first = { action: "key.created", target: madeBy } as const;
    return { path: `/v1/admin/keys/${target}/rotation`, body, target, first };
  },
  suspendKey: async (stage) => {
    const target = await anyKey(stage);
    return { path: `/v1/admin/keys/${target}/suspension`, body: { reason: "abused" }, target };
  },
  resumeKey: async (stage) => {
    const target = await anyKey(stage);
    await stage.database.owner.query(
      "UPDATE api_keys SET suspended_until = now() + interval '1 hour' WHERE id = $1",
      [target],
    );
    return { path: `/v1/admin/keys/${target}/resumption`, target };
  },
  revokeKey: async (stage) => {
    const target = await anyKey(stage);
    return { path: `/v1/admin/keys/${target}/revocation`, body: { reason: "abused" }, target };
  },
  invitePerson: () => ({
    path: "/v1/admin/people",
    body: {
      name: `Kim ${randomUUID()}`,
      email: `${randomUUID()}@staff.example`,
      role: "support",
      reach: { all: true },
    },
    target: madeBy,
  }),
  updatePerson: async (stage) => {
    const target = await anyPerson(stage);
    return { path: `/v1/admin/people/${target}`, body: { role: "auditor" }, target };
  },
  disablePerson: async (stage) => {
    const target = await anyPerson(stage);
    return { path: `/v1/admin/people/${target}/disablement`, body: { reason: "has left" }, target };
  },
  enablePerson: async (stage) => {
    const target = await anyPerson(stage, true);
    return { path: `/v1/admin/people/${target}/enablement`, target };
  },
  renewInvitation: async (stage) => {
    const target = await anyPerson(stage);
    return { path: `/v1/admin/people/${target}/invitation`, target };
  },
  reportLeakedKey: async ({ database: { owner }, fixture }) => {
    const key = await makeKey(owner, { ownerId: fixture.customer.person.id, orgId: fixture.orgId });
    const headers = { "Content-Type": "application/json" };
    const body = { key: key.text, source_url: "https://paste.example/1" };
    return { path: "/v1/leaked-keys", body, headers, target: key.id, actorId: PLATFORM_ORG_ID };
  },
  setPassword: async (stage) => {
    const target = await anyPerson(stage);
    const body = { token: target, password: "as long as it should be" };
    const headers = { "Content-Type": "application/json" };
    return { path: "/v1/auth/password", body, headers, target, actorId: target };
  },
  changePassword: async (stage) => {
    const { headers, actorId, otherId } = await anySession(stage);
    // Only the password's own entry.
    await stage.database.owner.query("UPDATE sessions SET ended_at = now() WHERE id = $1", [otherId]);
    const body = { current_password: TEST_PASSWORD, new_password: "as long as it should be" };
    return { path: "/v1/auth/password-change", body, headers, target: actorId, actorId };
  },
  stepUp: async (stage) => {
    const { headers, actorId } = await anySession(stage);
    return { path: "/v1/auth/step-up", body: { password: TEST_PASSWORD }, headers, actorId };
  },
  listFactors: async (stage) => ({ path: "/v1/auth/factors", headers: (await anySession(stage)).headers }),
  startTotp: async (stage) => {
    const { headers, actorId } = await anySession(stage);
    return { path: "/v1/auth/factors/totp-setup", headers, actorId };
  },
  startPasskey: async (stage) => {
    const { headers, actorId } = await anySession(stage);
    return { path: "/v1/auth/factors/passkey-setup", headers, actorId };
  },
  addFactor: async (stage) => {
    const { headers, actorId, otherId } = await anySession(stage);
    // Only the factor's own entry.
    await stage.database.owner.query("UPDATE sessions SET ended_at = now() WHERE id = $1", [otherId]);
    const answer = await callHttp(stage.baseUrl, "POST", "/v1/auth/factors/totp-setup", { headers });
    const { setup, secret } = JSON.parse(answer.text) as { setup: string; secret: string };
    const body = { kind: "totp", name: "Phone", setup, code: codeOf(secret) };
    return { path: "/v1/auth/factors", body, headers, target: actorId, actorId };
  },
  renameFactor: async (stage) => {
    const { headers, actorId } = await anySession(stage);
    const { id } = await giveApp(stage.database.owner, { id: actorId });
    return { path: `/v1/auth/factors/${id}`, body: { name: "Old phone" }, headers, actorId };
  },
  removeFactor: async (stage) => {
    const { headers, actorId } = await anySession(stage);
    const { id } = await giveApp(stage.database.owner, { id: actorId });
    return { path: `/v1/auth/factors/${id}/removal`, headers, target: actorId, actorId };
  },
  makeRecoveryCodes: async (stage) => {
    const { headers, actorId } = await anySession(stage);
    await giveApp(stage.database.owner, { id: actorId });
    return { path: "/v1/auth/recovery-codes", headers, target: actorId, actorId };
  },
  challengePasskey: () => ({
    path: "/v1/auth/passkey-challenges",
    body: {},
    headers: { "Content-Type": "application/json" },
    actorId: PLATFORM_ORG_ID,
  }),
  resetFactors: async (stage) => {
    const target = await anyPerson(stage);
    await giveApp(stage.database.owner, { id: target });
    return { path: `/v1/admin/people/${target}/factor-reset`, target };
  },
  reportActivity: async (stage) => {
    const { headers, actorId } = await anySession(stage);
    await stage.database.owner.query(
      "UPDATE sessions SET last_used_at = now() - interval '5 minutes' WHERE person_id = $1",
      [actorId],
    );
    return { path: "/v1/auth/activity", headers, actorId };
  },
  endSession: async (stage) => {
    const { headers, actorId, otherId } = await anySession(stage);
    return { path: `/v1/auth/sessions/${otherId}/termination`, headers, target: otherId, actorId };
  },
  endOtherSessions: async (stage) => {
    const { headers, actorId, otherId } = await anySession(stage);
    return { path: "/v1/auth/sessions/termination", headers, target: otherId, actorId };
  },
  dismissPasswordNotice: async (stage) => {
    const { headers, actorId } = await anySession(stage);
    await stage.database.owner.query("INSERT INTO password_notices (person_id, set_at) VALUES ($1, now())", [
      actorId,
    ]);
    return { path: "/v1/auth/password-notice/dismissal", headers, actorId };
  },
  createRun: ({ fixture, inference }) => ({
    path: `/v1/models/${fixture.model}/runs`,
    body: { input: {} },
    headers: inference.headers,
  }),
  redeliverCallback: async (stage) => ({
    path: `/v1/runs/${await endedRun(stage)}/callback-redeliveries`,
    target: madeBy,
  }),
  createWebhook: ({ fixture }) => ({
    path: "/v1/webhooks",
    body: { url: ADDRESS, event_types: ["run.failed"] },
    headers: { "X-Organization-Id": fixture.orgId },
    target: madeBy,
  }),
  updateWebhook: async (stage) => {
    const target = await anyWebhook(stage);
    return { path: `/v1/webhooks/${target}`, body: { description: "changed" }, target };
  },
  deleteWebhook: async (stage) => {
    const target = await anyWebhook(stage);
    return { path: `/v1/webhooks/${target}`, target };
  },
  testWebhook: async (stage) => {
    const target = await anyWebhook(stage);
    return { path: `/v1/webhooks/${target}/test-events`, target };
  },
  resumeWebhook: async (stage) => {
    const target = await anyWebhook(stage);
    await endRuns(stage.database.owner, [await anyRun(stage)]);
    return { path: `/v1/webhooks/${target}/resumption`, target };
  },
  redeliver: async (stage) => ({
    path: `/v1/webhooks/any/deliveries/${await anyDelivery(stage)}/redeliveries`,
    target: madeBy,
  }),
  createCallbackSecret: ({ fixture }) => ({
    path: "/v1/callback-secrets",
    headers: { "X-Organization-Id": fixture.orgId },
    target: madeBy,
  }),
  promoteCallbackSecret: async (stage) => {
    const target = await anySecret(stage);
    return { path: `/v1/callback-secrets/${target}/promotion`, target };
  },
  disableCallbackSecret: async (stage) => {
    const target = await anySecret(stage);
    return { path: `/v1/callback-secrets/${target}/disablement`, target };
  },
  applyProviderEvent: async (stage) => {
    const event = { event_id: randomUUID(), status_code: "failed", occurred_at: new Date().toISOString() };
    return {
      path: `/v1/provider/runs/${await anyRun(stage)}/events`,
      body: event,
      headers: { "Runflow-Signature": signProviderEvent(TEST_PROVIDER_SECRET, JSON.stringify(event)) },
    };
  },

  listAdminRuns: at("/v1/admin/runs"),
  listStuckRuns: at("/v1/admin/runs/stuck"),
  countStuckRuns: at("/v1/admin/runs/stuck/count"),
  listModels: at("/v1/admin/models"),
  listAuditEntries: at("/v1/admin/audit-log"),
  exportAuditLog: () =>
    Promise.resolve({ path: "/v1/admin/audit-log/export?format=csv", target: PLATFORM_ORG_ID }),
  streamAuditLog: at("/v1/admin/audit-log/stream"),
  getAuditEntry: async (stage) => ({ path: `/v1/admin/audit-log/${await anyEntry(stage)}` }),
  getAuditEntryProof: async (stage) => ({ path: `/v1/admin/audit-log/${await anyEntry(stage)}/proof` }),
  listCheckpoints: at("/v1/admin/audit-log/checkpoints"),
  requestCheckpoint: () => ({ path: "/v1/admin/audit-log/checkpoints", target: PLATFORM_ORG_ID }),
  listAuditKeys: at("/v1/admin/audit-log/keys"),
  listAuditForwarding: at("/v1/admin/audit-log/forwarding"),
  listSecurityEvents: at("/v1/admin/security-events"),
  getServiceState: at("/v1/admin/operations"),
  listJobs: at("/v1/admin/jobs"),
  retryJob: async (stage) => {
    const { id, revision } = await makeFailedJob(stage.database.owner);
    const target = `00000000-0000-8000-8000-${BigInt(id).toString(16).padStart(12, "0")}`;
    return { path: `/v1/admin/jobs/${id}/retry`, body: { revision }, target };
  },
  lookUp: at("/v1/admin/look-up?text=nothing"),
  listOrganizations: at("/v1/admin/organizations?q=org"),
  getOrganization: ({ fixture }) => ({ path: `/v1/admin/organizations/${fixture.orgId}` }),
  listKeys: at("/v1/admin/keys"),
  listKeyOwners: ({ fixture }) => ({ path: `/v1/admin/keys/owners?org_id=${fixture.orgId}` }),
  getKey: async (stage) => ({ path: `/v1/admin/keys/${await anyKey(stage)}` }),
  getKeyActivity: async (stage) => ({ path: `/v1/admin/keys/${await anyKey(stage)}/activity` }),
  listCancellationBatches: at("/v1/admin/cancellation-batches"),
  getCancellationBatch: async (stage) => ({
    path: `/v1/admin/cancellation-batches/${await anyBatch(stage, "planned")}`,
  }),
  listCancellationBatchItems: async (stage) => ({
    path: `/v1/admin/cancellation-batches/${await anyBatch(stage, "completed")}/items`,
  }),
  getCancellationReceipt: async (stage) => ({
    path: `/v1/admin/cancellation-batches/${await anyBatch(stage, "completed")}/receipt`,
  }),
  listViews: at("/v1/admin/views"),
  countView: async (stage) => ({ path: `/v1/admin/views/${await anyView(stage)}/count` }),
  listRuns: at("/v1/runs"),
  listRunStatuses: at("/v1/runs/statuses"),
  getRun: async (stage) => ({ path: `/v1/runs/${await anyRun(stage)}` }),
  getRunCallback: async (stage) => ({ path: `/v1/runs/${await anyRun(stage)}/callback` }),
  listWebhooks: at("/v1/webhooks"),
  listEventTypes: at("/v1/webhooks/event-types"),
  getWebhook: async (stage) => ({ path: `/v1/webhooks/${await anyWebhook(stage)}` }),
  listDeliveries: at("/v1/webhooks/any/deliveries"),
  getDelivery: async (stage) => ({ path: `/v1/webhooks/any/deliveries/${await anyDelivery(stage)}` }),
  listDeliveryAttempts: async (stage) => ({
    path: `/v1/webhooks/any/deliveries/${await anyDelivery(stage)}/attempts`,
  }),
  listCallbackSecrets: at("/v1/callback-secrets"),
  getBalance: ({ fixture }) => ({
    path: "/v1/billing/balance",
    headers: { "X-Organization-Id": fixture.orgId },
  }),
  getPersonCredentials: async (stage) => ({ path: `/v1/admin/people/${await anyPerson(stage)}/credentials` }),
  listPeople: at("/v1/admin/people"),
  getPerson: async (stage) => ({ path: `/v1/admin/people/${await anyPerson(stage)}` }),
  getMe: at("/v1/auth/me"),
  listSessions: async (stage) => ({ path: "/v1/auth/sessions", headers: (await anySession(stage)).headers }),
  getHealth: at("/v1/health"),
  getReadiness: at("/v1/readiness"),
  getOpenApi: at("/v1/openapi.json"),
};
