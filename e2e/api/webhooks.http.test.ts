import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, test } from "vitest";
import type { Delivery } from "@/lib/contract/deliveries";
import type { Webhook } from "@/lib/contract/webhooks";
import { makeKey, makePerson, signIn } from "@/test/credentials";
import { endRuns, makeRunWithCallback } from "@/test/deliveries";
import { makeRun, seedFixture } from "@/test/fixture";
import { expectRefusal, readWorld } from "@/test/refusal";
import { useApi } from "@/test/use-api";

const api = useApi();
type Headers = Record<string, string>;
type Page = { items: { id: string }[]; next: string | null };
let [customer, stranger, admin, support]: Headers[] = [];
let adminId: string;
let supportId: string;

beforeAll(async () => {
  const { database, fixture, otherScene, baseUrl } = api();
  const { owner } = database;
  const inference = async ({ customer: { person }, orgId }: typeof fixture) =>
    (await makeKey(owner, { ownerId: person.id, orgId })).headers;
  customer = await inference(fixture);
  stranger = await inference(otherScene);
  const withSession = async (role: "admin" | "support") => {
    const person = await makePerson(owner, { role });
    return { id: person.id, headers: { ...(await signIn(baseUrl, person)), Origin: baseUrl } as Headers };
  };
  ({ id: adminId, headers: admin } = await withSession("admin"));
  ({ id: supportId, headers: support } = await withSession("support"));
});

const BODY = { url: "https://hooks.example.com/runflow", event_types: ["run.cancelled"] };
async function create(headers = customer!, body: object = BODY): Promise<Webhook> {
  const reply = await api().call("POST", "/v1/webhooks", { headers, body: JSON.stringify(body) });
  expect(reply.status).toBe(201);
  return reply.json as Webhook;
}
const entriesOf = async (targetId: string) =>
  (
    await api().database.owner.query<{ action: string; actor_type: string; actor_id: string; meta: object }>(
      "SELECT action, actor_type, actor_id, meta FROM audit_entries WHERE target_id = $1 ORDER BY id",
      [targetId],
    )
  ).rows;

test("customer's key: creates, reads, changes and deletes a webhook, with an entry for each", async () => {
  const { call, fixture } = api();
  const made = await create();
  expect(made).toMatchObject({
    ...BODY,
    org_id: fixture.orgId,
    is_enabled: true,
    description: null,
    paused_until: null,
  });
  const path = `/v1/webhooks/${made.id}`;
  expect((await call("GET", path, { headers: customer! })).json).toEqual(made);
  const changes = { is_enabled: false, description: "ours", event_types: ["run.failed", "run.failed"] };
  const changed = await call("PATCH", path, { headers: customer!, body: JSON.stringify(changes) });
  expect(changed.json).toMatchObject({
    url: BODY.url,
    is_enabled: false,
    description: "ours",
    event_types: ["run.failed"],
  });
  expect((await call("PATCH", path, { headers: customer!, body: "{}" })).json).toEqual(changed.json);
  const items = async () =>
    ((await call("GET", "/v1/webhooks", { headers: customer! })).json as { items: Webhook[] }).items;
  expect(await items()).toContainEqual(changed.json);
  expect((await call("DELETE", path, { headers: customer! })).status).toBe(200);
  expect(await items()).not.toContainEqual(expect.objectContaining({ id: made.id }));
  await expectRefusal(
    api(),
    { method: "DELETE", path, headers: customer! },
    { status: 404, code: "WEBHOOK_NOT_FOUND" },
  );
  expect((await entriesOf(made.id)).map(({ action }) => action)).toEqual([
    "webhook.created",
    "webhook.updated",
    "webhook.deleted",
  ]);
  // The trail tells a customer's key from a staff key.
  expect((await entriesOf(made.id)).map(({ actor_type }) => actor_type)).toEqual(
    Array.from({ length: 3 }, () => "inference_key"),
  );
  expect((await entriesOf(made.id))[1]!.meta).toMatchObject({
    reason: null,
    changes: {
      is_enabled: [true, false],
      description: [null, "ours"],
      event_types: [["run.cancelled"], ["run.failed"]],
    },
  });
});

test("admin: names the organization, and the webhook belongs to no other", async () => {
  const { call, fixture } = api();
  const path = "/v1/webhooks";
  const body = JSON.stringify(BODY);
  const loc = ["header", "x-organization-id"];
  await expectRefusal(
    api(),
    { path, headers: admin!, body },
    { status: 422, code: "VALIDATION_ERROR", error: { loc }, actorId: adminId },
  );
  const made = await create({ ...admin!, "X-Organization-Id": fixture.orgId });
  expect(made.org_id).toBe(fixture.orgId);
  const miss = await call("GET", `${path}/${made.id}`, { headers: stranger! });
  expect(miss.status).toBe(404);
  for (const id of [randomUUID(), "no-id"]) {
    expect((await call("GET", `${path}/${id}`, { headers: customer! })).text).toBe(miss.text);
  }
  for (const [method, sub] of [
    ["PATCH", ""],
    ["DELETE", ""],
    ["POST", "/test-events"],
  ] as const) {
    const request = { method, path: `${path}/${made.id}${sub}`, headers: stranger!, body: "{}" };
    await expectRefusal(api(), request, { status: 404, code: "WEBHOOK_NOT_FOUND" });
  }
});

test("limit of fifty webhooks per organization: holds under concurrency; a deletion makes room", async () => {
  const { call, database } = api();
  const { orgId, customer: owner } = await seedFixture(database.owner);
  const { headers } = await makeKey(database.owner, { ownerId: owner.person.id, orgId });
  await database.owner.query(
    "INSERT INTO webhooks (org_id, url, event_types) SELECT $1, $2, $3 FROM generate_series(1, 48)",
    [orgId, BODY.url, BODY.event_types],
  );
  const body = JSON.stringify(BODY);
  const replies = await Promise.all(
    Array.from({ length: 8 }, () => call("POST", "/v1/webhooks", { headers, body })),
  );
  const made = replies.filter(({ status }) => status === 201);
  expect(made).toHaveLength(2);
  const tooMany = { status: 409, code: "CONFLICT", error: { type: "too_many_webhooks" } };
  await expectRefusal(api(), { path: "/v1/webhooks", headers, body }, tooMany);
  await call("DELETE", `/v1/webhooks/${(made[0]!.json as Webhook).id}`, { headers });
  await create(headers);
});

test("webhooks and secrets: in pages, newest first, each once", async () => {
  const { call, database } = api();
  const {
    orgId,
    customer: { person },
  } = await seedFixture(database.owner);
  const { headers } = await makeKey(database.owner, { ownerId: person.id, orgId });
  for (let n = 0; n < 5; n++) {
    await create(headers, { ...BODY, url: `${BODY.url}/${n}` });
    await call("POST", "/v1/callback-secrets", { headers });
  }
  for (const path of ["/v1/webhooks", "/v1/callback-secrets"]) {
    const whole = (await call("GET", path, { headers })).json as Page;
    expect(whole).toMatchObject({ next: null, previous: null });
    expect(whole.items).toHaveLength(5);
    const created = whole.items.map(({ id }) => id);
    expect(created).toEqual(created.toSorted().toReversed());
    const items = [];
    for (let pq: string | null = ""; pq !== null;) {
      const query: string = new URLSearchParams({ limit: "2", ...(pq && { pq }) }).toString();
      const page = (await call("GET", `${path}?${query}`, { headers })).json as Page;
      items.push(...page.items);
      pq = page.next;
    }
    expect(items).toEqual(whole.items);
    const error = { loc: ["query", "pq"] };
    const refusal = { status: 422, code: "VALIDATION_ERROR", error };
    await expectRefusal(api(), { method: "GET", path: `${path}?pq=x`, headers }, refusal);
  }
});

test("deleted webhook: its history stays, for everyone with access", async () => {
  const { call } = api();
  const made = await create();
  const path = `/v1/webhooks/${made.id}`;
  const test = await call("POST", `${path}/test-events`, { headers: customer!, body: "{}" });
  expect(test.status).toBe(201);
  await call("DELETE", path, { headers: customer! });
  const history = await call("GET", `${path}/deliveries`, { headers: customer! });
  expect((history.json as Page).items.map(({ id }) => id)).toEqual([(test.json as Delivery).id]);
  expect((await call("GET", `${path}/deliveries`, { headers: stranger! })).status).toBe(404);
});

test("support, or a page of another origin: refused", async () => {
  const body = JSON.stringify(BODY);
  const denied = { status: 403, code: "PERMISSION_DENIED", actorId: adminId };
  await expectRefusal(
    api(),
    { path: "/v1/webhooks", headers: support!, body },
    { ...denied, actorId: supportId },
  );
  const headers = { ...admin!, Origin: "https://evil.example", "X-Organization-Id": api().fixture.orgId };
  await expectRefusal(api(), { path: "/v1/webhooks", headers, body }, denied);
  const made = await create();
  for (const method of ["PATCH", "DELETE"]) {
    await expectRefusal(api(), { method, path: `/v1/webhooks/${made.id}`, headers, body: "{}" }, denied);
  }
});

describe("invalid body changes nothing:", () => {
  test.each([
    ["no address", { event_types: ["run.failed"] }, ["body", "url"]],
    ["an address that isn't one", { ...BODY, url: "hooks" }, ["body", "url"]],
    ["no events", { ...BODY, event_types: [] }, ["body", "event_types"]],
    ["an unknown event", { ...BODY, event_types: ["run.canceled"] }, ["body", "event_types", 0]],
    ["an unknown field", { ...BODY, secret: "x" }, ["body", "secret"]],
    ["a user name in the address", { ...BODY, url: "https://a@hooks.example.com/" }, ["body", "url"]],
  ])("%s", async (_name, body, loc) => {
    const request = { path: "/v1/webhooks", headers: customer!, body: JSON.stringify(body) };
    await expectRefusal(api(), request, { status: 422, code: "VALIDATION_ERROR", error: { loc } });
  });
});

test("event types: listed", async () => {
  const { json } = await api().call("GET", "/v1/webhooks/event-types", { headers: customer! });
  const types = (json as { items: { type: string }[] }).items.map(({ type }) => type);
  expect(types).toEqual(["run.completed", "run.failed", "run.cancelled", "run.partial_succeeded"]);
});

describe("deliveries", () => {
  const settle = () =>
    api().database.owner.query(
      "UPDATE deliveries SET state = 'delivered', settled_at = now(), next_attempt_at = NULL WHERE state = 'pending'",
    );

  test("listed in pages, read with attempts, and redelivered one at a time", async () => {
    const { call, database, fixture } = api();
    const webhook = await create();
    const runIds = await Promise.all([1, 2, 3].map(() => makeRun(database.owner, fixture)));
    await database.owner.query("UPDATE webhooks SET event_types = '{run.failed}' WHERE id = $1", [
      webhook.id,
    ]);
    await endRuns(database.owner, runIds);
    const path = `/v1/webhooks/${webhook.id}/deliveries`;
    const seen: Delivery[] = [];
    for (let query = "?limit=2"; query;) {
      const page = (await call("GET", path + query, { headers: customer! })).json as {
        items: Delivery[];
        next: string | null;
      };
      seen.push(...page.items);
      query = page.next ? `?limit=2&pq=${encodeURIComponent(page.next)}` : "";
    }
    expect(seen.map(({ run_id }) => run_id).sort()).toEqual(runIds.sort());
    const [delivery] = seen as [Delivery];
    const one = `${path}/${delivery.id}`;
    expect((await call("GET", one, { headers: customer! })).json).toMatchObject({
      ...delivery,
      attempts: [],
    });
    expect((await call("GET", `${one}/attempts`, { headers: customer! })).json).toEqual({ items: [] });
    const missing = { method: "GET", path: one, headers: stranger! };
    await expectRefusal(api(), missing, { status: 404, code: "DELIVERY_NOT_FOUND" });

    const repeat = { path: `${one}/redeliveries`, headers: customer! };
    const conflict = { status: 422, code: "VALIDATION_ERROR", error: { type: "conflict" } };
    await expectRefusal(api(), repeat, conflict);
    await settle();
    const replies = await Promise.all(
      Array.from({ length: 8 }, () => call("POST", repeat.path, { headers: customer! })),
    );
    const statuses = replies.map(({ status }) => status).sort();
    expect(statuses).toEqual([201, 422, 422, 422, 422, 422, 422, 422]);
    const made = replies.find(({ status }) => status === 201)!.json as Delivery;
    expect(made).toMatchObject({
      run_id: delivery.run_id,
      webhook_id: webhook.id,
      cause: "redelivery",
      state: "pending",
    });
    expect((await entriesOf(made.id)).map(({ action }) => action)).toEqual(["delivery.redelivered"]);
    await settle();
  });

  test("support: may redeliver a callback with the run's current state, if it can be redelivered", async () => {
    const { call, database, fixture } = api();
    const actorId = supportId;
    const conflict = { status: 422, code: "VALIDATION_ERROR", error: { type: "conflict" }, actorId };
    const pathOf = (runId: string) => `/v1/runs/${runId}/callback-redeliveries`;
    const running = await makeRunWithCallback(database.owner, fixture, "https://hooks.example.com/");
    await expectRefusal(api(), { path: pathOf(running), headers: support! }, conflict);
    const silent = await makeRun(database.owner, fixture, { status: "failed" });
    await expectRefusal(api(), { path: pathOf(silent), headers: support! }, conflict);
    const gone = { path: pathOf(randomUUID()), headers: support! };
    await expectRefusal(api(), gone, { status: 404, code: "RUN_NOT_FOUND", actorId });

    await endRuns(database.owner, [running]);
    await expectRefusal(api(), { path: pathOf(running), headers: support! }, conflict);
    await settle();
    const replies = await Promise.all(
      Array.from({ length: 6 }, () => call("POST", pathOf(running), { headers: support! })),
    );
    expect(replies.map(({ status }) => status).sort()).toEqual([201, 422, 422, 422, 422, 422]);
    const callback = (await call("GET", `/v1/runs/${running}/callback`, { headers: customer! })).json;
    expect(callback).toMatchObject({
      items: [
        { cause: "redelivery", state: "pending" },
        { cause: "transition", state: "delivered" },
      ],
    });
    await settle();
  });

  test("webhook test event: queued like any other, except for a disabled webhook", async () => {
    const { call } = api();
    const webhook = await create();
    const path = `/v1/webhooks/${webhook.id}/test-events`;
    const reply = await call("POST", path, { headers: customer!, body: '{"event":"run.completed"}' });
    expect(reply.json).toMatchObject({
      cause: "test",
      run_id: null,
      event: "run.completed",
      webhook_id: webhook.id,
      state: "pending",
    });
    await call("PATCH", `/v1/webhooks/${webhook.id}`, { headers: customer!, body: '{"is_enabled":false}' });
    await expectRefusal(
      api(),
      { path, headers: customer! },
      { status: 422, code: "VALIDATION_ERROR", error: { type: "conflict" } },
    );
    await settle();
  });
});

test("reads: change nothing", async () => {
  const { call, database } = api();
  const before = await readWorld(database.owner);
  for (const path of [
    "/v1/webhooks",
    "/v1/webhooks/any/deliveries",
    "/v1/callback-secrets",
    "/v1/webhooks/event-types",
  ]) {
    expect((await call("GET", path, { headers: customer! })).status).toBe(200);
  }
  expect(await readWorld(database.owner)).toEqual(before);
});
