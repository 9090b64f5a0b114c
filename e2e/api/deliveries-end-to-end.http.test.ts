import { createHmac, randomUUID } from "node:crypto";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import type { Run } from "@/lib/contract/runs";
import { signProviderEvent } from "@/lib/runs/provider-signature";
import { makeKey, makePerson } from "@/test/credentials";
import { makeCallbackSecret, makeWebhook } from "@/test/deliveries";
import { type Heard, type Receiver, startReceiver } from "@/test/receiver";
import { TEST_PROVIDER_SECRET } from "@/test/server";
import { useApi } from "@/test/use-api";
import { startWorker, type TestWorkerProcess } from "@/test/worker";

const api = useApi();
let receiver: Receiver;
let worker: TestWorkerProcess;
let customer: { Authorization: string };
let admin: { Authorization: string };
const SECRET = "rf_whs_of_this_test";

beforeAll(async () => {
  const { database, fixture } = api();
  receiver = await startReceiver();
  worker = await startWorker(database.workerUrl);
  const { owner } = database;
  await makeCallbackSecret(owner, fixture.orgId, SECRET);
  await makeCallbackSecret(owner, fixture.orgId, "rf_whs_the_next_one", false);
  const key = { ownerId: fixture.customer.person.id, orgId: fixture.orgId };
  customer = (await makeKey(owner, key)).headers;
  admin = (await makeKey(owner, { ownerId: (await makePerson(owner)).id })).headers;
});
afterAll(async () => {
  await worker?.stop();
  await receiver?.close();
});
afterEach(() => void (receiver.heard.length = 0));

async function createRun(): Promise<Run> {
  const { call, fixture } = api();
  const body = JSON.stringify({
    input: { prompt: "a" },
    metadata: { order: 12345678901234567890n.toString(), ünï: [1.5, null] },
    callback_url: `${receiver.origin}/callback`,
  });
  const reply = await call("POST", `/v1/models/${fixture.model}/runs`, { headers: customer, body });
  expect(reply.status).toBe(201);
  return reply.json as Run;
}

async function report(runId: string, event: Record<string, unknown>): Promise<string> {
  const body = JSON.stringify({ event_id: randomUUID(), occurred_at: new Date().toISOString(), ...event });
  const headers = { "Runflow-Signature": signProviderEvent(TEST_PROVIDER_SECRET, body) };
  const reply = await api().call("POST", `/v1/provider/runs/${runId}/events`, { headers, body });
  return (reply.json as { outcome: string }).outcome;
}

const cancel = (runId: string) =>
  api().call("POST", `/v1/admin/runs/${runId}/cancellation`, {
    headers: admin,
    body: '{"reason":"stuck for an hour"}',
  });
const read = async (runId: string) =>
  (await api().call("GET", `/v1/runs/${runId}`, { headers: customer })).json as Run;
/** Waits for this number of messages about one run, and returns them. */
async function hear(runId: string, count: number): Promise<Heard[]> {
  const about = () => receiver.heard.filter(({ body }) => body.includes(runId));
  await expect.poll(about, { timeout: 10_000 }).toHaveLength(count);
  return about();
}

const OUTPUT = {
  outputs: [{ url: "https://cdn.example.com/1.png", type: "image/png" }],
  seed: null,
  timing: null,
  nsfw_detected: null,
};

describe("customer's receiver: gets each end of a run, byte for byte and signed", () => {
  const ends: [string, (runId: string) => Promise<unknown>, Record<string, unknown>][] = [
    ["a cancel", cancel, { event: "run.cancelled", status: "canceled", output: null }],
    [
      "a success",
      (id) => report(id, { status_code: "succeeded", output: OUTPUT, cost: "0.1" }),
      { event: "run.completed", status: "succeeded", output: OUTPUT },
    ],
    [
      "a failure",
      (id) => report(id, { status_code: "failed", failure_code: "out_of_memory" }),
      { event: "run.failed", status: "failed", output: null },
    ],
    [
      "a partial success",
      (id) => report(id, { status_code: "partial_succeeded", output: OUTPUT }),
      { event: "run.partial_succeeded", status: "partial_succeeded", output: OUTPUT },
    ],
  ];
  test.each(ends)("%s", async (_name, end, says) => {
    const run = await createRun();
    await end(run.id);
    const [{ headers, body, path }] = (await hear(run.id, 1)) as [Heard];
    const final = await read(run.id);
    const expected = JSON.stringify({
      event: says["event"],
      run_id: run.id,
      status: says["status"],
      output: says["output"],
      duration_ms: final.duration_ms,
      created_at: final.created_at,
      completed_at: final.completed_at,
      metadata: run.metadata,
    });
    expect(body.toString("utf8")).toBe(expected);
    expect(path).toBe("/callback");
    expect(headers["runflow-signature"]).toBe(createHmac("sha256", SECRET).update(body).digest("hex"));
    expect(headers["runflow-request-id"]).toMatch(/^[0-9a-f-]{36}$/);

    const callback = await api().call("GET", `/v1/runs/${run.id}/callback`, { headers: customer });
    expect(callback.json).toMatchObject({
      callback_url: run.callback_url,
      items: [
        { id: headers["runflow-request-id"], event: says["event"], cause: "transition", body: expected },
      ],
    });
  });
});

test("webhooks: get the subscribed events of their organization only", async () => {
  const { database, fixture, otherScene } = api();
  const { origin } = receiver;
  await makeWebhook(database.owner, fixture.orgId, `${origin}/cancelled`, ["run.cancelled"]);
  await makeWebhook(database.owner, fixture.orgId, `${origin}/failed`, ["run.failed", "run.completed"]);
  await makeWebhook(database.owner, otherScene.orgId, `${origin}/others`, ["run.cancelled", "run.failed"]);
  const disabled = await makeWebhook(database.owner, fixture.orgId, `${origin}/disabled`, ["run.cancelled"]);
  await database.owner.query("UPDATE webhooks SET is_enabled = false WHERE id = $1", [disabled]);
  const [cancelled, failed] = [await createRun(), await createRun()];
  await cancel(cancelled.id);
  await report(failed.id, { status_code: "failed" });
  const paths = async (runId: string) => (await hear(runId, 2)).map(({ path }) => path).sort();
  expect(await paths(cancelled.id)).toEqual(["/callback", "/cancelled"]);
  expect(await paths(failed.id)).toEqual(["/callback", "/failed"]);
  await database.owner.query("UPDATE webhooks SET is_enabled = false, deleted_at = now()");
});

test("late cancel, late report or intermediate step: nothing is sent", async () => {
  const { database } = api();
  const run = await createRun();
  expect(await report(run.id, { status_code: "running" })).toBe("applied");
  expect((await cancel(run.id)).status).toBe(201);
  await hear(run.id, 1);
  expect((await cancel(run.id)).status).toBe(200);
  expect(await report(run.id, { status_code: "succeeded", output: OUTPUT, cost: "0.12" })).toBe(
    "dropped_terminal",
  );
  const { rowCount } = await database.owner.query("SELECT FROM deliveries WHERE run_id = $1", [run.id]);
  expect(rowCount).toBe(1);
  // A later item in the queue has arrived, so this one would have, too.
  const later = await createRun();
  await cancel(later.id);
  await hear(later.id, 1);
  expect(await hear(run.id, 1)).toHaveLength(1);
  expect(await read(run.id)).toMatchObject({ status_code: "canceled", cost: "0.12", output: null });
});
