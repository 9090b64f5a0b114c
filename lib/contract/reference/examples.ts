/**
 * What an operation's curl sends, besides its credential. `$NAME` is a variable that the reader sets, and
 * `#$NAME` one that holds a number.
 */
export type Example = {
  /** Parameters of the path that differ from `$NAME`. */
  path?: Record<string, string>;
  query?: Record<string, string>;
  body?: Record<string, unknown>;
  headers?: Record<string, string>;
  /** Names the organization, which a caller of several must. */
  namesOrganization?: true;
};

const TICKET = "customer ticket #4821 - duplicate submission";

/** By operation id. An operation that needs no more than its path has none. */
export const EXAMPLES: Record<string, Example> = {
  cancelRun: { body: { reason: TICKET }, headers: { "Idempotency-Key": "ticket-4821" } },
  planCancellationBatch: { body: { reason: "abuse of a key", run_ids: ["$RUN_ID"] } },
  changeCancellationBatch: { body: { runs_per_second_limit: 50 } },
  startCancellationBatch: { body: { expected_count: 1 } },
  listCancellationBatchItems: { query: { outcome: "503" } },
  getCancellationReceipt: { query: { format: "csv" } },
  requestApproval: {
    body: {
      kind: "organization.unprotect",
      organization_id: "$ORGANIZATION_ID",
      reason: "no longer a large customer",
    },
  },
  approveRequest: { body: { note: "agreed with the account manager" } },
  refuseRequest: { body: { note: "ask the account manager first" } },
  revealPayload: { body: { reason: TICKET } },
  listAdminRuns: { query: { q: "status_code:running AND created_at>2026-04-01", limit: "10" } },
  listRuns: { query: { q: "status_code:failed", sort_by: "completed_at:desc", limit: "10" } },
  lookUp: { query: { text: "#4821" } },
  updateModel: { body: { stuck_factor: 3 } },
  listAuditEntries: { query: { action: "run.cancelled", limit: "10" } },
  exportAuditLog: { query: { format: "csv", from: "2026-04-01" } },
  listSecurityEvents: { query: { status: "403", limit: "10" } },
  listKeyOwners: { query: { org_id: "$ORGANIZATION_ID" } },
  createKey: {
    body: { kind: "inference", name: "Production", owner_id: "$OWNER_ID", org_id: "$ORGANIZATION_ID" },
  },
  claimKey: { body: { token: "$TOKEN" } },
  rotateKey: { body: { overlap: "24h" } },
  suspendKey: { body: { reason: "unusual traffic, asking the customer", minutes: 60 } },
  revokeKey: { body: { reason: "posted in a public repository" } },
  reportLeakedKey: { body: { key: "$LEAKED_KEY", source_url: "https://paste.example/4821" } },
  invitePerson: {
    body: { name: "Ada Byron", email: "ada.byron@example.com", role: "support", reach: { all: true } },
  },
  updatePerson: { body: { role: "auditor" } },
  disablePerson: { body: { reason: "has left the company" } },
  listOrganizations: { query: { q: "acme", limit: "10" } },
  protectOrganization: { body: { reason: "a large customer" } },
  unprotectOrganization: { body: { reason: "no longer a large customer" } },
  createView: { body: { name: "Running for over an hour", query: "status=running&age=over-1h" } },
  updateView: { body: { scope: "team" } },
  createRun: { body: { input: { image: "https://images.example/cat.png" }, client_ref: "order-4821" } },
  createWebhook: {
    body: { url: "https://hooks.example.com/runflow", event_types: ["run.failed", "run.cancelled"] },
    namesOrganization: true,
  },
  updateWebhook: { body: { description: "On-call team" } },
  listDeliveries: { path: { id: "any" }, query: { state: "failed", limit: "10" } },
  getDelivery: { path: { id: "any" } },
  listDeliveryAttempts: { path: { id: "any" } },
  redeliver: { path: { id: "any" } },
  createCallbackSecret: { namesOrganization: true },
  getBalance: { namesOrganization: true },
  retryJob: { body: { revision: "#$REVISION", reason: "the mail server answers again" } },
  stepUp: { body: { password: "$PASSWORD" } },
  addFactor: { body: { kind: "totp", name: "Phone", setup: "$SETUP", code: "$CODE" } },
  renameFactor: { body: { name: "Old phone" } },
  challengePasskey: { body: {} },
  setPassword: { body: { token: "$TOKEN", password: "$NEW_PASSWORD" } },
  changePassword: { body: { current_password: "$PASSWORD", new_password: "$NEW_PASSWORD" } },
  applyProviderEvent: { body: { event_id: "$EVENT_ID", status_code: "running", occurred_at: "$NOW" } },
};
