import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, test } from "vitest";
import type { AuditEntry } from "@/lib/contract/audit";
import type { Run } from "@/lib/contract/runs";
import type { SecurityEvent } from "@/lib/contract/security";
import { type Key, makeKey, makePerson, type Person, signIn, submitSignIn } from "@/test/credentials";
import { makeRun } from "@/test/fixture";
import { PERMISSION_REQUIRED, expectRefusal } from "@/test/refusal";
import { useApi } from "@/test/use-api";

const api = useApi();
let admin: Key;
let agent: Person;
/** Oldest first. The third belongs to the other organization, the second to the agent. */
let runs: Run[];

type Page<Item> = { items: Item[]; first: string | null; next: string | null; previous: string | null };
const LOG = "/v1/admin/audit-log";

beforeAll(async () => {
  const { database, baseUrl, fixture, otherScene, call } = api();
  const { id: ownerId } = await makePerson(database.owner, { role: "admin" });
  admin = await makeKey(database.owner, { ownerId });
  agent = await makePerson(database.owner);
  const session = { ...(await signIn(baseUrl, agent)) };
  runs = [];
  for (const [of, headers, reason] of [
    [fixture, admin.headers, "customer ticket #4821 - duplicate submission"],
    [fixture, session, "stuck for an hour, 100% sure"],
    [otherScene, admin.headers, "abuse, see ZD-123"],
    [fixture, admin.headers, null],
  ] as const) {
    const path = `/v1/admin/runs/${await makeRun(database.owner, of)}/cancellation`;
    const reply = await call("POST", path, { headers, body: JSON.stringify({ reason }) });
    if (reply.status !== 201) throw new Error(`${path} answered ${reply.status}`);
    runs.push(reply.json as Run);
  }
});

async function list(query: Record<string, string> = {}, request: { headers: object } = admin) {
  const reply = await api().call("GET", `${LOG}?${new URLSearchParams(query)}`, {
    headers: { ...request.headers },
  });
  expect(reply.status).toBe(200);
  return reply.json as Page<AuditEntry>;
}
/** Indexes of the runs that the entries are about; the agent's sign-in, the oldest entry, has no run. */
const SIGN_IN = -1;
const numbersOf = ({ items }: Page<AuditEntry>) =>
  items.map(({ target }) => runs.findIndex(({ id }) => id === target.id));

describe("audit log", () => {
  test("entry: every field", async () => {
    const { items } = await list({ target_id: runs[1]!.id });
    expect(items).toEqual([
      {
        id: expect.any(String),
        position: null,
        org_id: api().fixture.orgId,
        action: "run.cancelled",
        occurred_at: runs[1]!.completed_at,
        actor: {
          type: "user",
          id: agent.id,
          name: agent.name,
          email: agent.email,
          role: "support",
          key_prefix: null,
        },
        target: { type: "run", id: runs[1]!.id, label: runs[1]!.model },
        context: {
          source: "dashboard",
          ip: "127.0.0.1",
          user_agent: null,
          request_id: expect.stringMatching(/^req_/),
        },
        meta: {
          reason: "stuck for an hour, 100% sure",
          ticket: null,
          status_before: "running",
          status_after: "canceled",
        },
        chain: null,
      },
    ]);
    const single = await api().call("GET", `${LOG}/${items[0]!.id}`, admin);
    expect(single).toMatchObject({ status: 200, json: items[0] });
    expect((await api().call("GET", `${LOG}/${items[0]!.id.toUpperCase()}`, admin)).text).toBe(single.text);
  });

  test("pages: newest first", async () => {
    expect(numbersOf(await list())).toEqual([3, 2, 1, 0, SIGN_IN]);
    const first = await list({ limit: "3" });
    const second = await list({ limit: "3", pq: first.next! });
    expect([numbersOf(first), numbersOf(second)]).toEqual([
      [3, 2, 1],
      [0, SIGN_IN],
    ]);
    expect(second.next).toBeNull();
    expect(numbersOf(await list({ limit: "3", pq: second.previous!, from_prev: "true" }))).toEqual([3, 2, 1]);
  });

  test.each<[string, () => Record<string, string>, number[]]>([
    ["action", () => ({ action: "run.cancelled" }), [3, 2, 1, 0]],
    ["actor_id", () => ({ actor_id: agent.id }), [1, SIGN_IN]],
    ["actor_id in upper case", () => ({ actor_id: admin.id.toUpperCase() }), [3, 2, 0]],
    ["org_id", () => ({ org_id: api().otherScene.orgId }), [2]],
    ["target_id", () => ({ target_id: runs[0]!.id }), [0]],
    ["ticket", () => ({ ticket: "#4821" }), [0]],
    ["ticket of another kind", () => ({ ticket: "ZD-123" }), [2]],
    ["reason", () => ({ reason: "DUPLICATE" }), [0]],
    ["reason with a wildcard character", () => ({ reason: "100%" }), [1]],
    ["from", () => ({ from: runs[2]!.completed_at! }), [3, 2]],
    ["from and to", () => ({ from: "2020-01-01", to: "2020-01-02" }), []],
    ["several", () => ({ actor_id: admin.id, org_id: api().fixture.orgId }), [3, 0]],
    ["an actor that doesn't exist", () => ({ actor_id: randomUUID() }), []],
  ])("filter by %s", async (_name, query, expected) => {
    expect(numbersOf(await list(query()))).toEqual(expected);
  });

  test.each<[string, Record<string, string>]>([
    ["action", { action: "run.deleted" }],
    ["actor_id", { actor_id: "me" }],
    ["reason", { reason: "zq" }],
    ["from", { from: "yesterday" }],
    ["to", { to: "2026-02-30" }],
    ["limit", { limit: "501" }],
    ["pq", { pq: "nonsense" }],
    ["color", { color: "red" }],
  ])("invalid %s: 422 names it", async (name, query) => {
    const wrong = {
      status: 422,
      code: "VALIDATION_ERROR",
      error: { loc: ["query", name] },
      actorId: admin.id,
    };
    await expectRefusal(
      api(),
      { method: "GET", path: `${LOG}?${new URLSearchParams(query)}`, ...admin },
      wrong,
    );
  });

  test("scope: only entries within the caller's access", async () => {
    const { database, baseUrl, fixture, otherScene, call } = api();
    const person = await makePerson(database.owner, { role: "support", orgIds: [otherScene.orgId] });
    const headers = { ...(await signIn(baseUrl, person)) };
    expect(numbersOf(await list({}, { headers }))).toEqual([2]);
    expect(numbersOf(await list({ org_id: fixture.orgId }, { headers }))).toEqual([]);
    const { items } = await list({ target_id: runs[0]!.id });
    const unreached = await call("GET", `${LOG}/${items[0]!.id}`, { headers });
    const missing = await call("GET", `${LOG}/${randomUUID()}`, { headers });
    const malformed = await call("GET", `${LOG}/x`, { headers });
    for (const { status, text } of [unreached, missing, malformed]) {
      expect(status).toBe(404);
      expect(text).toBe(missing.text);
    }
    expect(missing.json).toMatchObject({ code: "AUDIT_ENTRY_NOT_FOUND" });
    const narrowed = { ...admin.headers, "X-Organization-Id": otherScene.orgId };
    expect(numbersOf(await list({}, { headers: narrowed }))).toEqual([2]);
  });

  test("key without the scope: refused", async () => {
    const { owner } = api().database;
    const { headers, id } = await makeKey(owner, { ownerId: agent.id, scopes: ["admin", "runs.cancel"] });
    const denied = {
      status: 403,
      code: "PERMISSION_DENIED",
      error: PERMISSION_REQUIRED("audit.read"),
      actorId: id,
    };
    await expectRefusal(api(), { method: "GET", path: LOG, headers }, denied);
    await expectRefusal(api(), { method: "GET", path: `${LOG}/${randomUUID()}`, headers }, denied);
  });
});

describe("security events", () => {
  const EVENTS = "/v1/admin/security-events";
  const read = async (query = "") =>
    (await api().call("GET", `${EVENTS}${query}`, admin)).json as Page<SecurityEvent>;

  test("refused requests and failed sign-ins: newest first", async () => {
    const { call, baseUrl } = api();
    const email = `${randomUUID()}@nowhere.example`;
    const path = `/v1/admin/runs/${randomUUID()}/cancellation`;
    const refused = await call("POST", path, { headers: { ...admin.headers, "User-Agent": "curl/8" } });
    await submitSignIn(baseUrl, { email, password: "wrong" });
    const { items } = await read("?limit=2");
    expect(items).toEqual([
      {
        id: expect.any(String),
        occurred_at: expect.any(String),
        kind: "sign_in.failed",
        status: 401,
        code: "UNAUTHORIZED",
        method: "POST",
        path: "/sign-in",
        actor: { type: null, id: null, name: email, key_prefix: null },
        org_id: null,
        context: { ip: "127.0.0.1", user_agent: null, request_id: expect.stringMatching(/^req_/) },
        detail: { failure: "wrong_credentials" },
      },
      {
        id: expect.any(String),
        occurred_at: expect.any(String),
        kind: "request.refused",
        status: 404,
        code: "RUN_NOT_FOUND",
        method: "POST",
        path,
        actor: { type: "service_key", id: admin.id, name: admin.name, key_prefix: admin.prefix },
        org_id: null,
        context: { ip: "127.0.0.1", user_agent: "curl/8", request_id: refused.requestId },
        detail: null,
      },
    ]);
  });

  test("pages: each event once", async () => {
    for (const _attempt of [1, 2, 3]) await api().call("POST", `/v1/admin/runs/x/cancellation`);
    const whole = await read("?limit=3");
    const first = await read("?limit=2");
    const second = await read(`?limit=1&pq=${first.next}`);
    expect([...first.items, ...second.items]).toEqual(whole.items);
  });

  test("roles: open to auditors and admins, closed to support", async () => {
    const { database, baseUrl, call } = api();
    for (const [role, status] of [
      ["support", 403],
      ["auditor", 200],
      ["admin", 200],
    ] as const) {
      const headers = { ...(await signIn(baseUrl, await makePerson(database.owner, { role }))) };
      expect(await call("GET", EVENTS, { headers })).toMatchObject({ status });
    }
  });
});
