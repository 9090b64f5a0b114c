import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, test } from "vitest";
import type { BatchItemPage, CancellationBatch, ReceiptLine } from "@/lib/contract/cancellation-batches";
import type { CancellationBatchPage } from "@/lib/contract/cancellation-batches";
import { makeKey, makePerson, signIn } from "@/test/credentials";
import { makeRun } from "@/test/fixture";
import { parseCsv } from "@/test/parse-csv";
import { useApi } from "@/test/use-api";
import { startWorker } from "@/test/worker";

const api = useApi();
const PATH = "/v1/admin/cancellation-batches";
const reason = "Ticket #4821: abuse of a key";
let headers: Record<string, string>;

beforeAll(async () => {
  const { id: ownerId } = await makePerson(api().database.owner, { role: "admin" });
  ({ headers } = await makeKey(api().database.owner, { ownerId, scopes: ["admin"] }));
});

type Reply = { status: number; json: unknown; headers: Record<string, unknown> };
const send = (method: string, path: string, body?: unknown, extra: Record<string, string> = {}) =>
  api().call(method, path, {
    headers: { ...headers, ...extra },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
const batchIn = (reply: Reply) => reply.json as CancellationBatch;
const makeRuns = (count: number) =>
  Promise.all(Array.from({ length: count }, () => makeRun(api().database.owner, api().fixture)));
const plan = async (body: object) => {
  const reply = await send("POST", PATH, { reason, ...body });
  expect(reply.status).toBe(201);
  return batchIn(reply);
};
const start = (id: string, expected_count: number) =>
  send("POST", `${PATH}/${id}/execution`, { expected_count });
const countRows = async (table: string) =>
  (await api().database.owner.query<{ n: number }>(`SELECT count(*)::int AS n FROM ${table}`)).rows[0]!.n;

test("a script plans, starts, watches and downloads the receipt", async () => {
  const runIds = await makeRuns(30);
  const unknown = randomUUID();
  const planned = await send("POST", PATH, { reason, run_ids: [...runIds, unknown.toUpperCase()] });
  expect(planned.status).toBe(201);
  const { id, counts } = batchIn(planned);
  expect(planned.headers["location"]).toBe(`${PATH}/${id}`);
  expect(counts).toMatchObject({ total: 31, cancelable: 30, out_of_reach: 1 });

  const worker = await startWorker(api().database.workerUrl);
  try {
    const started = await start(id, 30);
    expect({ status: started.status, state: batchIn(started).state }).toEqual({
      status: 202,
      state: "running",
    });
    const read = async () => batchIn(await send("GET", `${PATH}/${id}`));
    await expect.poll(async () => (await read()).state).toBe("completed");
    expect((await read()).progress).toMatchObject({ canceled: 30, not_found: 1, remaining: 0 });
  } finally {
    await worker.stop();
  }

  const { items } = (await send("GET", `${PATH}/${id}/items?outcome=201&limit=500`)).json as BatchItemPage;
  expect(new Set(items.map(({ run_id }) => run_id))).toEqual(new Set(runIds));
  const first = items[0]!;
  expect(first).toMatchObject({ status_code: "canceled", org_id: api().fixture.orgId, is_excluded: false });
  const entry = await send("GET", `/v1/admin/audit-log/${first.entry_id}`);
  expect(entry.json).toMatchObject({
    target: { id: first.run_id },
    context: { source: "bulk" },
    meta: { reason, ticket: "#4821", batch_id: id },
  });
  const receipt = async (format: string) => {
    const response = await fetch(`${api().baseUrl}${PATH}/${id}/receipt?format=${format}`, { headers });
    return { name: response.headers.get("content-disposition"), text: await response.text() };
  };
  const csv = await receipt("csv");
  expect(csv.name).toContain(`cancellation-${id}.csv`);
  const [head, ...rows] = parseCsv(csv.text);
  const outcome = head!.indexOf("outcome");
  expect(rows.map((row) => row[outcome]).sort()).toEqual([...Array<string>(30).fill("201"), "404"]);
  const lines = (await receipt("ndjson")).text
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as ReceiptLine);
  expect(lines).toHaveLength(31);
  expect(lines.find(({ run_id }) => run_id === unknown)).toMatchObject({ outcome: 404, entry_id: null });

  const audit = await send("GET", `/v1/admin/audit-log?target_id=${id}`);
  expect((audit.json as { items: { action: string }[] }).items.map(({ action }) => action)).toEqual([
    "batch.completed",
    "batch.started",
    "batch.created",
  ]);
});

test("runs of a plan that have not ended: found by the filter `open`", async () => {
  const [live] = await makeRuns(1);
  const ended = await makeRun(api().database.owner, api().fixture, { status: "succeeded" });
  const { id } = await plan({ run_ids: [live, ended, randomUUID()] });
  const { items } = (await send("GET", `${PATH}/${id}/items?outcome=open`)).json as BatchItemPage;
  expect(items.map(({ run_id }) => run_id)).toEqual([live]);
});

describe("bad input: a clear error, and nothing is kept", () => {
  const id = randomUUID();
  const many = Array.from({ length: 100_001 }, () => randomUUID());

  test.each<[string, unknown, string, (string | number)[]]>([
    ["neither ids nor expression", { reason }, "missing", ["body", "run_ids"]],
    ["both", { reason, run_ids: [id], q: "status_code:running" }, "value_error", ["body", "run_ids"]],
    ["no reason", { run_ids: [id] }, "missing", ["body", "reason"]],
    ["a reason of white space", { reason: "   ", run_ids: [id] }, "string_too_short", ["body", "reason"]],
    ["no ids", { reason, run_ids: [] }, "plan_empty", ["body", "run_ids"]],
    ["an id twice", { reason, run_ids: [id, id.toUpperCase()] }, "repeated", ["body", "run_ids", 1]],
    ["what is no id", { reason, run_ids: [id, "run-7"] }, "guid_format", ["body", "run_ids", 1]],
    ["unknown ids only", { reason, run_ids: [id] }, "plan_empty", ["body", "run_ids"]],
    ["more than 100,000 ids", { reason, run_ids: many }, "too_many_runs", ["body", "run_ids"]],
    ["a faulty expression", { reason, q: "status_code:stuck" }, "query_syntax", ["body", "q"]],
    ["an empty expression", { reason, q: " " }, "value_error", ["body", "q"]],
    ["an expression without a match", { reason, q: `id:${id}` }, "plan_empty", ["body", "q"]],
    ["an unknown field", { reason, q: "cost>1", qq: 1 }, "extra_forbidden", ["body", "qq"]],
  ])("%s", async (_name, body, type, loc) => {
    const before = [await countRows("cancellation_batches"), await countRows("cancellation_items")];
    const reply = await send("POST", PATH, body);
    expect(reply.status).toBe(422);
    expect((reply.json as { errors: object[] }).errors[0]).toMatchObject({ type, loc });
    expect([await countRows("cancellation_batches"), await countRows("cancellation_items")]).toEqual(before);
  });

  test("a body of more than 6 MiB", async () => {
    const reply = await send("POST", PATH, { reason, run_ids: ["x".repeat(6_300_000)] });
    expect(reply.status).toBe(413);
    expect(reply.json).toMatchObject({ message: "The request body is larger than 6144 KiB." });
  });

  test("changes of a plan", async () => {
    const [runId] = await makeRuns(1);
    const { id } = await plan({ run_ids: [runId] });
    const change = async (body: object) => (await send("PATCH", `${PATH}/${id}`, body)).status;
    for (const body of [
      {},
      { runs_per_second_limit: 0 },
      { runs_per_second_limit: 1.5 },
      { exclude_run_ids: [randomUUID()] },
      { exclude_run_ids: [] },
      { include_run_ids: [randomUUID()] },
      { include_run_ids: [] },
    ])
      expect(await change(body)).toBe(422);
    const both = await send("PATCH", `${PATH}/${id}`, {
      exclude_run_ids: [runId],
      include_run_ids: [runId!.toUpperCase()],
    });
    expect(both.status).toBe(422);
    expect((both.json as { errors: object[] }).errors).toMatchObject([
      { type: "included_and_excluded", loc: ["body", "include_run_ids", 0] },
    ]);
    expect(batchIn(await send("GET", `${PATH}/${id}`)).counts).toMatchObject({ excluded: 0, cancelable: 1 });
    expect(await change({ runs_per_second_limit: 5 })).toBe(200);
    expect(await change({ runs_per_second_limit: null })).toBe(200);
  });

  test("unknown and malformed ids of batches: the same 404", async () => {
    const refusals = await Promise.all(
      [randomUUID(), "not-an-id", "%00"].flatMap((name) => [
        send("GET", `${PATH}/${name}`),
        send("GET", `${PATH}/${name}/items`),
        send("GET", `${PATH}/${name}/receipt`),
        send("POST", `${PATH}/${name}/abortion`),
        send("POST", `${PATH}/${name}/retries`),
        start(name, 1),
      ]),
    );
    for (const reply of refusals)
      expect({ status: reply.status, json: reply.json }).toEqual({
        status: 404,
        json: { code: "CANCELLATION_BATCH_NOT_FOUND", message: "Bulk cancellation not found.", errors: null },
      });
  });
});

test("started twice at once: one starts it; then aborted twice: one aborts it", async () => {
  const { id } = await plan({ run_ids: await makeRuns(3) });
  const starts = await Promise.all(Array.from({ length: 6 }, () => start(id, 3)));
  expect(starts.map(({ status }) => status).sort()).toEqual([202, 409, 409, 409, 409, 409]);
  const aborts = await Promise.all(Array.from({ length: 6 }, () => send("POST", `${PATH}/${id}/abortion`)));
  expect(aborts.map(({ status }) => status).sort()).toEqual([202, 409, 409, 409, 409, 409]);
  const { rows } = await api().database.owner.query(
    "SELECT action FROM audit_entries WHERE target_id = $1 ORDER BY occurred_at",
    [id],
  );
  expect(rows.map(({ action }: { action: string }) => action)).toEqual([
    "batch.created",
    "batch.started",
    "batch.aborted",
  ]);
});

test("run left out of a plan: put back, and canceled with the others", async () => {
  const [first, second] = await makeRuns(2);
  const { id, org_id } = await plan({ run_ids: [first, second], org_id: api().fixture.orgId });
  expect(org_id).toBe(api().fixture.orgId);
  const change = async (body: object) => batchIn(await send("PATCH", `${PATH}/${id}`, body)).counts;
  expect(await change({ exclude_run_ids: [first, second] })).toMatchObject({ excluded: 2, cancelable: 0 });
  expect(await change({ include_run_ids: [second] })).toMatchObject({ excluded: 1, cancelable: 1 });
  expect((await start(id, 1)).status).toBe(202);
  const late = await send("PATCH", `${PATH}/${id}`, { include_run_ids: [first] });
  expect(late).toMatchObject({ status: 409, json: { errors: [{ type: "plan_started" }] } });
  await send("POST", `${PATH}/${id}/abortion`);
});

test("Idempotency-Key: a retried plan and a retried start get the first response", async () => {
  const runIds = await makeRuns(2);
  const key = { "Idempotency-Key": randomUUID() };
  const [first, again] = [
    await send("POST", PATH, { reason, run_ids: runIds }, key),
    await send("POST", PATH, { reason, run_ids: runIds }, key),
  ];
  expect(again.json).toEqual(first.json);
  const { id } = batchIn(first);
  const begin = () => send("POST", `${PATH}/${id}/execution`, { expected_count: 2 }, key);
  const started = await begin();
  expect(started.status).toBe(202);
  expect((await begin()).json).toEqual(started.json);
  await send("POST", `${PATH}/${id}/abortion`);
});

describe("who may", () => {
  test("support: reads batches, and plans, starts, aborts and retries none", async () => {
    const { database, baseUrl } = api();
    const { id } = await plan({ run_ids: await makeRuns(1) });
    const session = await signIn(baseUrl, await makePerson(database.owner, { role: "support" }));
    const ask = (method: string, path: string, body?: object) =>
      api().call(method, path, {
        headers: { ...session, "Content-Type": "application/json", Origin: baseUrl },
        ...(body && { body: JSON.stringify(body) }),
      });
    expect((await ask("GET", `${PATH}/${id}`)).status).toBe(200);
    for (const [path, body] of [
      [PATH, { reason, run_ids: [randomUUID()] }],
      [`${PATH}/${id}/execution`, { expected_count: 1 }],
      [`${PATH}/${id}/abortion`, undefined],
      [`${PATH}/${id}/retries`, undefined],
    ] as const) {
      const reply = await ask("POST", path, body);
      expect(reply.status).toBe(403);
      expect(reply.json).toMatchObject({
        code: "PERMISSION_DENIED",
        errors: [{ type: "permission_required", msg: expect.stringContaining("runs.cancel.bulk") }],
      });
    }
  });

  test("a key of one customer neither sees nor starts a batch with another customer's runs", async () => {
    const { database, fixture, otherScene } = api();
    const { id: ownerId } = await makePerson(database.owner, { role: "admin" });
    const near = await makeKey(database.owner, { ownerId, orgIds: [fixture.orgId], scopes: ["admin"] });
    const [mine, theirs] = [
      await makeRun(database.owner, fixture),
      await makeRun(database.owner, otherScene),
    ];
    const both = await plan({ run_ids: [mine, theirs] });
    const ask = (method: string, path: string, body?: object) =>
      api().call(method, path, { headers: near.headers, ...(body && { body: JSON.stringify(body) }) });
    expect((await ask("GET", `${PATH}/${both.id}`)).status).toBe(404);
    expect((await ask("POST", `${PATH}/${both.id}/execution`, { expected_count: 1 })).status).toBe(404);
    const { items } = (await ask("GET", PATH)).json as CancellationBatchPage;
    expect(items.map(({ id }) => id)).not.toContain(both.id);

    const own = batchIn(await ask("POST", PATH, { reason, run_ids: [mine, theirs] }));
    expect(own.counts).toMatchObject({ cancelable: 1, out_of_reach: 1 });
    expect(own.org_ids).toEqual([fixture.orgId]);
    expect(JSON.stringify((await ask("GET", `${PATH}/${own.id}/items`)).json)).not.toContain(
      otherScene.orgId,
    );
  });
});

test("list: newest first in pages, by state", async () => {
  const planned = await plan({ run_ids: await makeRuns(1) });
  const page = (await send("GET", `${PATH}?state=planned&limit=1`)).json as CancellationBatchPage;
  expect(page.items.map(({ id }) => id)).toEqual([planned.id]);
  const next = (await send("GET", `${PATH}?state=planned&limit=1&pq=${page.next}`))
    .json as CancellationBatchPage;
  expect(next.items).toHaveLength(1);
  expect(next.items[0]!.id).not.toBe(planned.id);
  for (const { state } of ((await send("GET", `${PATH}?state=completed`)).json as CancellationBatchPage)
    .items)
    expect(state).toBe("completed");
});
