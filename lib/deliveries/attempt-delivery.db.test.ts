import { createHmac } from "node:crypto";
import { run, type Runner } from "graphile-worker";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { MAX_ATTEMPTS } from "@/lib/states/delivery";
import { useDatabase } from "@/test/database";
import { endRuns, makeCallbackSecret, makeJobsDue, makeRunWithCallback } from "@/test/deliveries";
import { seedFixture, type Fixture } from "@/test/fixture";
import { type Receiver, startReceiver } from "@/test/receiver";
import { quietLog, RECORDED } from "@/test/run-due-jobs";
import { ATTEMPT_OPTIONS, workOff } from "@/test/work-off";
import { createAttemptTask } from "./attempt-delivery";

const database = useDatabase();
let fixture: Fixture;
let receiver: Receiver;

beforeEach(async () => {
  fixture = await seedFixture(database().owner);
  receiver = await startReceiver();
});
afterEach(async () => {
  await receiver.close();
  await database().owner.query("DELETE FROM graphile_worker._private_jobs");
});

const work = (options: { timeoutMs?: number } = {}) => workOff(database(), options);

/** A worker that runs until the test stops it. */
async function startRunner(timeoutMs: number): Promise<Runner> {
  const { task, close } = createAttemptTask({ ...ATTEMPT_OPTIONS, timeoutMs });
  const runner = await run({
    connectionString: database().workerUrl,
    concurrency: 64,
    pollInterval: 20,
    preset: { worker: { localQueue: { size: 64 }, ...RECORDED } },
    logger: quietLog,
    noHandleSignals: true,
    taskList: { attempt_delivery: task },
  });
  void runner.promise.finally(close);
  return runner;
}

/** Finishes runs with a callback at this path. */
async function makeDeliveries(count = 1, path = "/hook", origin = receiver.origin): Promise<string[]> {
  const ids: string[] = [];
  for (let n = 0; n < count; n++) {
    ids.push(await makeRunWithCallback(database().owner, fixture, `${origin}${path}`));
  }
  await endRuns(database().owner, ids);
  return ids;
}

type DeliveryRow = {
  id: string;
  state: string;
  attempt_count: number;
  body: string;
  waits_ms: number | null;
};
const readDeliveries = async (runIds: string[]): Promise<DeliveryRow[]> =>
  (
    await database().owner.query<DeliveryRow>(
      `SELECT id, state, attempt_count, body, (extract(epoch FROM next_attempt_at - clock_timestamp()) * 1000)::float8 AS waits_ms
       FROM deliveries WHERE run_id = ANY($1) ORDER BY id`,
      [runIds],
    )
  ).rows;
const readAttempts = async (deliveryId: string) =>
  (
    await database().owner.query(
      "SELECT number, status, error, response_body, secret_id FROM delivery_attempts WHERE delivery_id = $1 ORDER BY number",
      [deliveryId],
    )
  ).rows as Record<string, unknown>[];
const makeDue = () => makeJobsDue(database().owner);
const closeCircuits = () =>
  database().owner.query("UPDATE delivery_endpoints SET open_until = NULL, failures_in_row = 0");

test("delivery: arrives once, signed, with its frozen bytes", async () => {
  const secretId = await makeCallbackSecret(database().owner, fixture.orgId, "rf_whs_current");
  await makeCallbackSecret(database().owner, fixture.orgId, "rf_whs_next", false);
  const runIds = await makeDeliveries();
  await work();
  const [delivery] = await readDeliveries(runIds);
  expect(delivery).toMatchObject({ state: "delivered", attempt_count: 1, waits_ms: null });
  expect(receiver.heard).toHaveLength(1);
  const { headers, body } = receiver.heard[0]!;
  expect(body.toString()).toBe(delivery!.body);
  expect(headers).toMatchObject({
    "content-type": "application/json; charset=utf-8",
    "runflow-request-id": delivery!.id,
    "runflow-signature": createHmac("sha256", "rf_whs_current").update(body).digest("hex"),
  });
  expect(await readAttempts(delivery!.id)).toEqual([
    { number: 1, status: 200, error: null, response_body: "thank you", secret_id: secretId },
  ]);
  await work();
  expect(receiver.heard).toHaveLength(1);
});

test("no secret: no signature", async () => {
  await makeDeliveries();
  await work();
  expect(receiver.heard[0]!.headers).not.toHaveProperty("runflow-signature");
});

test("secret that can't be opened: nothing is signed or sent", async () => {
  const id = await makeCallbackSecret(database().owner, fixture.orgId, "rf_whs_current");
  await database().owner.query(
    "UPDATE callback_secrets SET ciphertext = set_byte(ciphertext, 13, 0) WHERE id = $1",
    [id],
  );
  await database().owner.query(
    "UPDATE callback_secrets SET ciphertext = ciphertext || '\\x00' WHERE id = $1",
    [id],
  );
  const [delivery] = await makeDeliveries().then(async (ids) => (await work(), readDeliveries(ids)));
  expect(receiver.heard).toHaveLength(0);
  expect(delivery).toMatchObject({ state: "pending", attempt_count: 1 });
  expect(await readAttempts(delivery!.id)).toMatchObject([{ status: null, error: "not_signed" }]);
});

test.each<[string, string, number]>([
  ["seconds", "7200", 7_200_000],
  ["a date", new Date(Date.now() + 7_200_000).toUTCString(), 7_200_000],
  ["more than a day", "9999999", 24 * 3_600_000],
])(
  "Retry-After, %s: the next attempt waits as long as the receiver asks",
  async (_form, value, expectedMs) => {
    receiver.behave((_heard, response) => void response.writeHead(503, { "Retry-After": value }).end());
    const runIds = await makeDeliveries();
    await work();
    const [delivery] = await readDeliveries(runIds);
    expect(delivery).toMatchObject({ state: "pending", attempt_count: 1 });
    // Control: without the header the first retry comes after 12 to 18 s.
    expect(delivery!.waits_ms).toBeGreaterThan(expectedMs - 600_000);
    expect(delivery!.waits_ms).toBeLessThan(expectedMs + 600_000);
  },
);

describe("failed attempt: retried later", () => {
  const answers: [string, Parameters<Receiver["behave"]>[0], Record<string, unknown>][] = [
    [
      "500",
      (_heard, response) => void response.writeHead(500).end("broken"),
      { status: 500, error: null, response_body: "broken" },
    ],
    [
      "404",
      (_heard, response) => void response.writeHead(404).end(),
      { status: 404, error: null, response_body: null },
    ],
    [
      "410, reported by name",
      (_heard, response) => void response.writeHead(410).end(),
      { status: 410, error: "gone", response_body: null },
    ],
    [
      "a redirect, which is not followed",
      (_heard, response) => void response.writeHead(302, { Location: "/elsewhere" }).end(),
      { status: 302, error: "redirect_not_followed" },
    ],
    [
      "a reset",
      (_heard, _response, request) => void request.socket.resetAndDestroy(),
      { status: null, error: "connection_reset" },
    ],
    ["silence", () => {}, { status: null, error: "timeout" }],
    [
      "an endless response",
      (_heard, response) => void response.writeHead(200).write("a"),
      { status: null, error: "timeout" },
    ],
    [
      "a response that isn't HTTP",
      (_heard, _response, request) => void request.socket.end("SSH-2.0\r\n\r\n"),
      { status: null },
    ],
  ];
  test.each(answers)("%s", async (_name, behavior, attempt) => {
    receiver.behave(behavior);
    const runIds = await makeDeliveries();
    await work({ timeoutMs: 300 });
    const [delivery] = await readDeliveries(runIds);
    expect(delivery).toMatchObject({ state: "pending", attempt_count: 1 });
    expect(delivery!.waits_ms).toBeGreaterThan(10_000);
    expect(await readAttempts(delivery!.id)).toMatchObject([{ number: 1, ...attempt }]);
    expect(receiver.heard.map(({ path }) => path)).toEqual(["/hook"]);
    receiver.behave((_heard, response) => void response.end());
    await makeDue();
    await work();
    expect(await readDeliveries(runIds)).toMatchObject([
      { id: delivery!.id, state: "delivered", attempt_count: 2 },
    ]);
    expect(new Set(receiver.heard.map(({ headers }) => headers["runflow-request-id"]))).toEqual(
      new Set([delivery!.id]),
    );
  });

  test("a refused connection, and an unknown name", async () => {
    const { origin } = receiver;
    await receiver.close();
    const runIds = await makeDeliveries(1, "/", origin);
    runIds.push(...(await makeDeliveries(1, "/", "http://nobody.invalid")));
    receiver = await startReceiver();
    await work();
    const errors = await Promise.all((await readDeliveries(runIds)).map(({ id }) => readAttempts(id)));
    expect(errors.flat().map(({ error }) => error)).toEqual(["connection_refused", "name_not_found"]);
  });

  test("eight attempts with growing delays over about a day, then failed", async () => {
    receiver.behave((_heard, response) => void response.writeHead(503).end());
    const runIds = await makeDeliveries();
    const waits: number[] = [];
    for (let turn = 1; turn < MAX_ATTEMPTS; turn++) {
      await work();
      const [delivery] = await readDeliveries(runIds);
      expect(delivery).toMatchObject({ state: "pending", attempt_count: turn });
      waits.push(delivery!.waits_ms!);
      await makeDue();
      await closeCircuits();
    }
    for (const [turn, wait] of waits.entries()) {
      const planned = 15_000 * 4 ** turn;
      expect(wait).toBeGreaterThan(planned * 0.75);
      expect(wait).toBeLessThan(planned * 1.21);
    }
    await work();
    expect(await readDeliveries(runIds)).toMatchObject([
      { state: "failed", attempt_count: MAX_ATTEMPTS, waits_ms: null },
    ]);
    await work();
    expect(receiver.heard).toHaveLength(MAX_ATTEMPTS);
  });
});

test("long response: the first 4 KiB are kept, and characters that PostgreSQL can't hold are replaced", async () => {
  receiver.behave((_heard, response) => void response.end(`\0${"x".repeat(100_000)}`));
  const [delivery] = await makeDeliveries().then(async (ids) => (await work(), readDeliveries(ids)));
  const [attempt] = await readAttempts(delivery!.id);
  expect(attempt!["response_body"]).toBe(`\ufffd${"x".repeat(4_095)}`);
});

test("five silent endpoints: delay no one else, and get four deliveries at a time", async () => {
  const silent = await Promise.all(Array.from({ length: 5 }, startReceiver));
  for (const one of silent) one.behave(() => {});
  const stuck = (await Promise.all(silent.map(({ origin }) => makeDeliveries(40, "/", origin)))).flat();
  const others = await makeDeliveries(50);
  const runner = await startRunner(20_000);
  const states = async (ids: string[]) => new Set((await readDeliveries(ids)).map(({ state }) => state));
  try {
    await expect.poll(() => states(others), { timeout: 15_000 }).toEqual(new Set(["delivered"]));
    await expect
      .poll(() => silent.map(({ heard }) => heard.length), { timeout: 15_000 })
      .toEqual(Array(5).fill(4));
    // None of them was answered or abandoned: the others overtook them.
    expect(await states(stuck)).toEqual(new Set(["pending"]));
    expect((await readDeliveries(stuck)).map(({ attempt_count }) => attempt_count)).toEqual(
      Array(200).fill(0),
    );
  } finally {
    await Promise.all(silent.map((one) => one.close()));
    await runner.stop();
  }
});

test("circuit breaker: five failures in a row pause an endpoint; one delivery probes it, then the rest follow", async () => {
  receiver.behave((_heard, response) => void response.writeHead(500).end());
  const first = await makeDeliveries(5);
  await work();
  expect(receiver.heard).toHaveLength(5);
  const rest = await makeDeliveries(20);
  await work();
  expect(receiver.heard).toHaveLength(5);
  const circuit = async () =>
    (
      await database().owner.query(
        "SELECT failures_in_row, open_until > now() + interval '50 s' AS is_open FROM delivery_endpoints WHERE org_id = $1",
        [fixture.orgId],
      )
    ).rows[0] as unknown;
  expect(await circuit()).toEqual({ failures_in_row: 5, is_open: true });
  expect(await readDeliveries(rest)).toMatchObject(
    Array.from({ length: 20 }, () => ({ attempt_count: 0, state: "pending" })),
  );
  const { rows: jobs } = await database().owner.query(
    `SELECT count(*)::int AS count, bool_and(j.run_at >= e.open_until) AS wait_for_the_circuit
     FROM graphile_worker._private_jobs j JOIN deliveries d ON d.id::text = j.payload ->> 'id'
       JOIN delivery_endpoints e USING (org_id, origin) WHERE d.attempt_count = 0`,
  );
  expect(jobs).toEqual([{ count: 20, wait_for_the_circuit: true }]);

  const passTime = async () => {
    await database().owner.query(
      "UPDATE delivery_endpoints SET open_until = now() - interval '1 s' WHERE org_id = $1",
      [fixture.orgId],
    );
    await makeDue();
  };
  await passTime();
  await work();
  expect(receiver.heard).toHaveLength(6);
  expect(await circuit()).toEqual({ failures_in_row: 6, is_open: true });

  receiver.behave((_heard, response) => void response.end());
  await passTime();
  await work();
  expect(await circuit()).toEqual({ failures_in_row: 0, is_open: null });
  await makeDue();
  await work();
  expect((await readDeliveries([...first, ...rest])).map(({ state }) => state)).toEqual(
    Array(25).fill("delivered"),
  );
});

test("several workers: never send one delivery twice", async () => {
  const runIds = await makeDeliveries(40);
  await Promise.all([work(), work(), work()]);
  const ids = receiver.heard.map(({ headers }) => headers["runflow-request-id"]);
  expect(ids).toHaveLength(40);
  expect(new Set(ids)).toEqual(new Set((await readDeliveries(runIds)).map(({ id }) => id)));
});

test("job of an attempt already made: sends nothing", async () => {
  const [runId] = await makeDeliveries();
  const again = `SELECT queue_attempt(id, org_id, origin, 1, now()) FROM deliveries WHERE run_id = '${runId}'`;
  await database().owner.query(again);
  receiver.behave((_heard, response) => void response.writeHead(500).end());
  await work();
  await database().owner.query(again);
  await work();
  expect(receiver.heard).toHaveLength(1);
  expect(await readDeliveries([runId!])).toMatchObject([{ state: "pending", attempt_count: 1 }]);
  const queued = await database().owner.query(
    "SELECT payload -> 'attempt' AS attempt FROM graphile_worker._private_jobs",
  );
  expect(queued.rows).toEqual([{ attempt: 2 }]);
});

test("stopping worker: finishes deliveries in flight and returns the rest", async () => {
  const answers: (() => void)[] = [];
  receiver.behave((_heard, response) => void answers.push(() => response.end()));
  const runIds = await makeDeliveries(40);
  const runner = await startRunner(20_000);
  await expect.poll(() => answers.length, { timeout: 10_000 }).toBe(4);
  const stopped = runner.stop();
  for (const answer of answers) answer();
  await stopped;
  const states = await readDeliveries(runIds);
  expect(states.filter(({ state }) => state === "delivered")).toHaveLength(4);
  const locked = "SELECT FROM graphile_worker._private_jobs WHERE locked_at IS NOT NULL";
  expect((await database().owner.query(locked)).rowCount).toBe(0);
  expect(receiver.heard).toHaveLength(4);
});
