import { createHmac } from "node:crypto";
import { Agent } from "undici";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { sealEntries } from "@/lib/audit/sealing/seal-entries";
import { formatTimestamp } from "@/lib/contract/values";
import { createClient } from "@/lib/platform/db/client";
import { runForwarder } from "@/lib/platform/jobs/run-forwarder";
import { useDatabase } from "@/test/database";
import { seedFixture } from "@/test/fixture";
import { type Receiver, startReceiver } from "@/test/receiver";
import { forwardEntries } from "./forward-entries";
import { listForwarding } from "./list-forwarding";

const database = useDatabase();
const secret = "s".repeat(32);
const agent = new Agent();
let receiver: Receiver;
let orgId: string;
let db: ReturnType<typeof createClient>;

beforeAll(async () => {
  receiver = await startReceiver();
  ({ orgId } = await seedFixture(database().owner));
  db = createClient({ url: database().workerUrl, poolSize: 3 });
});
afterEach(() => {
  receiver.behave((_heard, response) => void response.end());
  receiver.heard.length = 0;
});
afterAll(async () => {
  await db?.$disconnect();
  await agent.close();
  await receiver?.close();
});

async function write(count: number): Promise<void> {
  await database().owner.query(
    `INSERT INTO audit_entries (org_id, action, occurred_at, actor_type, actor_id, actor_name, target_type, target_id,
       target_label, source, request_id, meta)
     SELECT $1, 'webhook.tested', clock_timestamp(), 'system', $1, 'Drill', 'webhook', $1, 'x', 'system', 'req_x', '{"reason": null, "ticket": null}'
     FROM generate_series(1, $2)`,
    [orgId, count],
  );
  const client = await database().worker.connect();
  await sealEntries(client, 10_000);
  client.release();
}

const positions = (): number[] =>
  receiver.heard.flatMap(({ body }) =>
    body
      .toString()
      .trimEnd()
      .split("\n")
      .map((line) => (JSON.parse(line) as { data: { position: number } }).data.position),
  );

const standing = async (url: string) =>
  (
    await database().app.query<Record<string, unknown>>(
      "SELECT position::int, failures, last_error FROM audit_forwarding WHERE target = $1",
      [url],
    )
  ).rows[0];

test("forward: every entry once, in order and signed; retries a failed batch unchanged", async () => {
  const url = `${receiver.origin}/collect`;
  const target = { url, secret, agent };
  await write(25);
  expect(await forwardEntries(db, target, 10)).toEqual({ taken: 10, failures: 0 });
  const [{ body, headers }] = receiver.heard as [(typeof receiver.heard)[0]];
  expect(headers).toMatchObject({
    "content-type": "application/x-ndjson; charset=utf-8",
    "runflow-request-id": "audit_1_10",
    "runflow-signature": createHmac("sha256", secret).update(body).digest("hex"),
  });

  receiver.behave((_heard, response) => void response.writeHead(503).end());
  expect(await forwardEntries(db, target, 10)).toEqual({ taken: 0, failures: 1 });
  expect(await forwardEntries(db, target, 10)).toEqual({ taken: 0, failures: 2 });
  expect(await standing(url)).toEqual({ position: 10, failures: 2, last_error: "answered 503" });
  receiver.behave((_heard, response) => void response.writeHead(302, { Location: "/elsewhere" }).end());
  expect(await forwardEntries(db, target, 10)).toEqual({ taken: 0, failures: 3 });
  receiver.behave((_heard, _response, request) => void request.socket.destroy());
  expect(await forwardEntries(db, target, 10)).toEqual({ taken: 0, failures: 4 });
  expect(new Set(receiver.heard.slice(1).map((heard) => heard.headers["runflow-request-id"]))).toEqual(
    new Set(["audit_11_20"]),
  );

  receiver.behave((_heard, response) => void response.end());
  receiver.heard.length = 1;
  expect(await forwardEntries(db, target, 10)).toEqual({ taken: 10, failures: 0 });
  expect(await forwardEntries(db, target, 10)).toEqual({ taken: 5, failures: 0 });
  expect(await forwardEntries(db, target, 10)).toEqual({ taken: 0, failures: 0 });
  expect(positions()).toEqual(Array.from({ length: 25 }, (_, index) => index + 1));
  expect(await standing(url)).toEqual({ position: 25, failures: 0, last_error: null });
});

test("two workers: share the work; a new one continues from the recorded position", async () => {
  const url = `${receiver.origin}/taken-over`;
  const { workerUrl } = database();
  const start = () => {
    const stop = new AbortController();
    const ended = runForwarder({ db, trail: db, databaseUrl: workerUrl, url, secret, stop: stop.signal });
    return { stop, ended };
  };
  const workers = [start(), start()];
  const taken = async () => (await standing(url))?.["position"];
  await expect.poll(taken, { timeout: 10_000 }).toBe(25);
  for (const { stop, ended } of workers) {
    await write(5);
    const before = Number(await taken());
    await expect.poll(taken, { timeout: 10_000 }).toBeGreaterThan(before);
    stop.abort();
    await ended;
  }
  expect(positions()).toEqual(Array.from({ length: 35 }, (_, index) => index + 1));
});

test("token in the URL: not stored; a new token continues from the same position", async () => {
  const at = (token: string) =>
    `${receiver.origin.replace("//", "//collector:pass@")}/tokens?token=${token}#${token}`;
  const sent = await forwardEntries(db, { url: at("old-token"), secret, agent }, 10);
  expect(sent).toEqual({ taken: 10, failures: 0 });
  expect(await standing(`${receiver.origin}/tokens`)).toMatchObject({ position: 10 });
  await forwardEntries(db, { url: at("new-token"), secret, agent }, 10);
  expect(await standing(`${receiver.origin}/tokens`)).toMatchObject({ position: 20 });
  expect(receiver.heard.map(({ path }) => path)).toEqual([
    "/tokens?token=old-token",
    "/tokens?token=new-token",
  ]);
  const { rows } = await database().app.query<{ target: string }>("SELECT target FROM audit_forwarding");
  expect(rows.map(({ target }) => target).join()).not.toMatch(/token=|pass@/);
});

test("new secret at the receiver: refused until the worker has it too, then from the same position", async () => {
  const url = `${receiver.origin}/rotated`;
  const next = "n".repeat(32);
  expect(await forwardEntries(db, { url, secret, agent }, 10)).toEqual({ taken: 10, failures: 0 });
  receiver.behave(({ body, headers }, response) => {
    const expected = createHmac("sha256", next).update(body).digest("hex");
    response.writeHead(headers["runflow-signature"] === expected ? 200 : 401).end();
  });
  expect(await forwardEntries(db, { url, secret, agent }, 10)).toEqual({ taken: 0, failures: 1 });
  expect(await forwardEntries(db, { url, secret: next, agent }, 10)).toEqual({ taken: 10, failures: 0 });
  expect(receiver.heard.map((heard) => heard.headers["runflow-request-id"])).toEqual([
    "audit_1_10",
    "audit_11_20",
    "audit_11_20",
  ]);
});

test("list forwarding: each endpoint's position, lag and last error", async () => {
  const url = `${receiver.origin}/told`;
  receiver.behave((_heard, response) => void response.writeHead(503).end());
  await forwardEntries(db, { url, secret, agent }, 10);
  const [newest] = await listForwarding(database().db);
  const { rows } = await database().app.query<{ sealed_at: Date; last: number }>(
    "SELECT sealed_at, (SELECT max(position)::int FROM audit_seals) AS last FROM audit_seals WHERE position = 1",
  );
  expect(newest).toMatchObject({
    target: url,
    position: 0,
    lacking: rows[0]!.last,
    lacking_since: formatTimestamp(rows[0]!.sealed_at),
    failures: 1,
    last_error: "answered 503",
  });
  receiver.behave((_heard, response) => void response.end());
  await forwardEntries(db, { url, secret, agent }, 10_000);
  expect((await listForwarding(database().db))[0]).toMatchObject({
    position: rows[0]!.last,
    lacking: 0,
    lacking_since: null,
    failures: 0,
    last_error: null,
  });
});

test("forwarding position: can't move back, and the web server can't move it", async () => {
  const back = "UPDATE audit_forwarding SET position = 0";
  await expect(database().worker.query(back)).rejects.toMatchObject({
    constraint: "audit_forwarding_onward",
  });
  await expect(database().app.query(back)).rejects.toMatchObject({ code: "42501" });
});
