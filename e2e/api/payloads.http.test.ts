import { beforeAll, describe, expect, test } from "vitest";
import type { Run } from "@/lib/contract/runs";
import { callHttp } from "@/test/call-http";
import { makeKey, makePerson, type Person, signIn } from "@/test/credentials";
import { endRuns, makeRunWithCallback } from "@/test/deliveries";
import { makeRun } from "@/test/fixture";
import { PERMISSION_REQUIRED, expectRefusal } from "@/test/refusal";
import { useApi } from "@/test/use-api";

const api = useApi();
type Headers = Record<string, string>;
let [support, watcher]: Person[] = [];
let [session, colleague, auditor, key]: Headers[] = [];

beforeAll(async () => {
  const { database, baseUrl } = api();
  const enter = async (person: Person): Promise<Headers> => ({
    ...(await signIn(baseUrl, person)),
    Origin: baseUrl,
  });
  support = await makePerson(database.owner);
  session = await enter(support);
  colleague = await enter(await makePerson(database.owner));
  watcher = await makePerson(database.owner, { role: "auditor" });
  auditor = await enter(watcher);
  const { id: ownerId } = await makePerson(database.owner, { role: "admin" });
  key = (await makeKey(database.owner, { ownerId })).headers;
});

const SECRET = "a customer's prompt";
const PAYLOADS = { input: { prompt: SECRET }, metadata: { order: SECRET } };
const MASKED = { input: { prompt: "•••" }, metadata: { order: "•••" } };

async function makeSecretRun(id?: string): Promise<string> {
  const { database, fixture } = api();
  const runId = id ?? (await makeRun(database.owner, fixture));
  await database.owner.query("UPDATE runs SET input = $1, metadata = $2 WHERE id = $3", [
    JSON.stringify(PAYLOADS.input),
    JSON.stringify(PAYLOADS.metadata),
    runId,
  ]);
  return runId;
}

const reveal = (runId: string, headers: Headers, body: object = { reason: "Ticket #4821: output cut off" }) =>
  api().call("POST", `/v1/admin/runs/${runId}/payload-reveals`, { headers, body: JSON.stringify(body) });

/** Every answer that contains payloads of the run. */
async function readAll(runId: string, headers: Headers): Promise<string[]> {
  const { call } = api();
  const query = new URLSearchParams({ q: `id:'${runId}'` });
  const paths = [
    `/v1/runs?${query}`,
    `/v1/admin/runs?${query}`,
    `/v1/runs/${runId}`,
    `/v1/runs/${runId}/callback`,
  ];
  const replies = await Promise.all(paths.map((path) => call("GET", path, { headers })));
  const [delivery] = (replies[3]!.json as { items: { id: string }[] }).items;
  const path = `/v1/webhooks/any/deliveries/${delivery!.id}`;
  const single = await call("GET", path, { headers });
  const attempts = await call("GET", `${path}/attempts`, { headers });
  return [...replies, single, attempts].map(({ status, text }) => {
    expect(status).toBe(200);
    return text;
  });
}

test("payloads: masked for people until revealed, never for keys", async () => {
  const { database, fixture } = api();
  const runId = await makeSecretRun(
    await makeRunWithCallback(database.owner, fixture, "https://hooks.example.com/a"),
  );
  await endRuns(database.owner, [runId]);
  await database.owner.query(
    `INSERT INTO delivery_attempts (delivery_id, number, started_at, duration_ms, status, response_body)
     SELECT id, 1, now(), 10, 500, $2 FROM deliveries WHERE run_id = $1`,
    [runId, `error while handling: ${SECRET}`],
  );
  for (const text of await readAll(runId, key!)) expect(text).toContain(SECRET);
  for (const text of await readAll(runId, session!)) {
    expect(text).not.toContain(SECRET);
    expect(text).toContain("•••");
  }
  expect((await reveal(runId, session!)).status).toBe(201);
  const [list, adminList, ...own] = await readAll(runId, session!);
  for (const text of own) expect(text).toContain(SECRET);
  for (const text of [list, adminList]) expect(text).not.toContain(SECRET);
  for (const text of await readAll(runId, colleague!)) expect(text).not.toContain(SECRET);
});

test("comparison of metadata by a person: leaves an entry in the trail, in the API and on the page", async () => {
  const { database, baseUrl, call } = api();
  const q = `metadata.order:'guess ${Date.now()}'`;
  const query = new URLSearchParams({ q });
  const count = async () => {
    const { rows } = await database.owner.query(
      "SELECT source, actor_id FROM audit_entries WHERE action = 'metadata.compared' AND strpos(meta ->> 'expression', $1) > 0",
      [q],
    );
    return rows;
  };
  for (let time = 0; time < 2; time++) {
    expect((await call("GET", `/v1/admin/runs?${query}`, { headers: session! })).status).toBe(200);
    expect((await call("GET", `/v1/admin/runs?${query}`, { headers: key! })).status).toBe(200);
  }
  expect(await count()).toEqual([{ source: "dashboard", actor_id: support!.id }]);
  const headers = { Cookie: colleague!["Cookie"]! };
  expect((await callHttp(baseUrl, "GET", `/runs?${query}`, { headers })).status).toBe(200);
  expect(await count()).toHaveLength(2);
});

test("filter on a masked value: refused in lists and view counts", async () => {
  const { call } = api();
  const runId = await makeSecretRun();
  const q = `id:'${runId}' AND metadata.order:'${SECRET.replace("'", "\\'")}'`;
  const query = new URLSearchParams({ q });
  const made = await call("POST", "/v1/admin/views", {
    headers: session!,
    body: JSON.stringify({ name: "By order", scope: "team", query: query.toString() }),
  });
  expect(made.status).toBe(201);
  const count = `/v1/admin/views/${(made.json as { id: string }).id}/count`;
  const refused = {
    status: 403,
    code: "PERMISSION_DENIED",
    error: { ...PERMISSION_REQUIRED("runs.payload.reveal"), loc: ["query", "q"] },
    actorId: watcher!.id,
  };
  for (const path of [`/v1/admin/runs?${query}`, count])
    await expectRefusal(api(), { method: "GET", path, headers: auditor! }, refused);
  const own = await call("GET", `/v1/runs?${query}`, { headers: auditor! });
  expect(own).toMatchObject({ status: 403, json: { code: "PERMISSION_DENIED" } });
  for (const headers of [session!, key!]) {
    const { json } = await call("GET", `/v1/admin/runs?${query}`, { headers });
    expect((json as { items: Run[] }).items.map(({ id }) => id)).toEqual([runId]);
  }
  const presence = new URLSearchParams({ q: `id:'${runId}' AND metadata.order.ne:null` });
  const { json } = await call("GET", `/v1/admin/runs?${presence}`, { headers: auditor! });
  expect(json).toMatchObject({ items: [{ id: runId, metadata: { order: "•••" } }] });
});

test("cancel by a person: answers with masked payloads", async () => {
  const runId = await makeSecretRun();
  const path = `/v1/admin/runs/${runId}/cancellation`;
  for (const status of [201, 200]) {
    const reply = await api().call("POST", path, { headers: session!, body: '{"reason":"Ticket #4821"}' });
    expect(reply.status).toBe(status);
    expect(reply.json).toMatchObject(MASKED);
  }
});

describe("reveal", () => {
  test("writes an audit entry with person and reason, valid for 15 minutes", async () => {
    const { call, database } = api();
    const runId = await makeSecretRun();
    const made = await reveal(runId, session!, { reason: "  Ticket #4821: output cut off " });
    expect(made.status).toBe(201);
    const { revealed_at, expires_at } = made.json as { revealed_at: string; expires_at: string };
    expect(Date.parse(expires_at) - Date.parse(revealed_at)).toBe(15 * 60_000);
    const trail = await call("GET", `/v1/admin/audit-log?target_id=${runId}`, { headers: session! });
    expect(trail.json).toMatchObject({
      items: [
        {
          action: "run.payload_revealed",
          occurred_at: revealed_at,
          actor: { id: support!.id },
          target: { type: "run", id: runId },
          meta: { reason: "Ticket #4821: output cut off", ticket: "#4821" },
        },
      ],
    });

    const read = async () => (await call("GET", `/v1/runs/${runId}`, { headers: session! })).json as Run;
    expect(await read()).toMatchObject(PAYLOADS);
    await database.owner.query("ALTER TABLE audit_entries DISABLE TRIGGER USER");
    await database.owner.query(
      "UPDATE audit_entries SET occurred_at = occurred_at - interval '15 min' WHERE target_id = $1",
      [runId],
    );
    await database.owner.query("ALTER TABLE audit_entries ENABLE TRIGGER USER");
    expect(await read()).toMatchObject(MASKED);
  });

  test("without a reason, the permission or reach: refused, reveals nothing", async () => {
    const { otherScene, database, baseUrl, call } = api();
    const runId = await makeSecretRun();
    const path = `/v1/admin/runs/${runId}/payload-reveals`;
    const invalid = {
      status: 422,
      code: "VALIDATION_ERROR",
      error: { loc: ["body", "reason"] },
      actorId: support!.id,
    };
    for (const body of ["{}", '{"reason":null}', '{"reason":" a "}'])
      await expectRefusal(api(), { path, headers: session!, body }, invalid);
    const body = '{"reason":"Ticket #4821"}';
    await expectRefusal(
      api(),
      { path, headers: auditor!, body },
      { status: 403, code: "PERMISSION_DENIED", actorId: watcher!.id },
    );
    const stranger = await makePerson(database.owner, { orgIds: [otherScene.orgId] });
    const outside = { ...(await signIn(baseUrl, stranger)), Origin: baseUrl };
    await expectRefusal(
      api(),
      { path, headers: outside, body },
      { status: 404, code: "RUN_NOT_FOUND", actorId: stranger.id },
    );
    for (const headers of [session!, auditor!])
      expect((await call("GET", `/v1/runs/${runId}`, { headers })).json).toMatchObject(MASKED);
  });

  test("audit entry without a reason: rejected by the database", async () => {
    const { owner } = api().database;
    const runId = await makeSecretRun();
    await reveal(runId, session!);
    const copy = `INSERT INTO audit_entries (org_id, action, occurred_at, actor_type, actor_id, actor_name, target_type,
      target_id, target_label, source, request_id, meta)
      SELECT org_id, action, occurred_at, actor_type, actor_id, actor_name, target_type, target_id, target_label, source,
        request_id, $2 FROM audit_entries WHERE target_id = $1`;
    await expect(owner.query(copy, [runId, '{"reason":null,"ticket":null}'])).rejects.toThrow(
      "audit_entries_reveal_has_reason",
    );
  });
});
