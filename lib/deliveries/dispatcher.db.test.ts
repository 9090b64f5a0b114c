import { createHmac, randomUUID } from "node:crypto";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { endRuns, makeCallbackSecret, makeRunWithCallback } from "@/lib/testing/deliveries";
import { useDatabase } from "@/lib/testing/database";
import { type Receiver, startReceiver } from "@/lib/testing/receiver";
import { makeScene, type Scene } from "@/lib/testing/scene";
import { TEST_ENCRYPTION_KEY } from "@/lib/testing/server";
import { claimDeliveries, giveBack } from "./claim-deliveries";
import { MAX_ATTEMPTS } from "./delivery";
import { Dispatcher } from "./dispatcher";

const database = useDatabase();
let scene: Scene;
let receiver: Receiver;
let dispatchers: Dispatcher[];

beforeEach(async () => {
  scene = await makeScene(database().owner);
  receiver = await startReceiver();
  dispatchers = [];
});
afterEach(async () => {
  await receiver.close();
  await Promise.all(dispatchers.map((dispatcher) => dispatcher.stop()));
  await database().owner.query("DELETE FROM delivery_queue");
});

function makeDispatcher(options: { timeoutMs?: number } = {}): Dispatcher {
  const rules = { allowPrivate: true, ports: [443] };
  const made = new Dispatcher(database().workerDb, {
    encryptionKeys: [TEST_ENCRYPTION_KEY],
    rules,
    ...options,
  });
  dispatchers.push(made);
  return made;
}

async function work(dispatcher = makeDispatcher()): Promise<void> {
  dispatcher.wake();
  await dispatcher.idle();
}

/** Ends so many runs that want to be called back at this path. */
async function makeDeliveries(count = 1, path = "/hook", origin = receiver.origin): Promise<string[]> {
  const ids: string[] = [];
  for (let n = 0; n < count; n++) {
    ids.push(await makeRunWithCallback(database().owner, scene, `${origin}${path}`));
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
       FROM deliveries LEFT JOIN delivery_queue ON delivery_id = id WHERE run_id = ANY($1) ORDER BY id`,
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
const makeDue = (runIds: string[]) =>
  database().owner.query(
    `UPDATE delivery_queue SET next_attempt_at = now() - interval '1 s'
     WHERE delivery_id IN (SELECT id FROM deliveries WHERE run_id = ANY($1))`,
    [runIds],
  );
const closeCircuits = () =>
  database().owner.query("UPDATE delivery_endpoints SET open_until = NULL, failures_in_row = 0");

test("a delivery arrives once, signed, with the bytes that were frozen", async () => {
  const secretId = await makeCallbackSecret(database().owner, scene.orgId, "rf_whs_current");
  await makeCallbackSecret(database().owner, scene.orgId, "rf_whs_next", false);
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

test("without a secret there is no signature", async () => {
  await makeDeliveries();
  await work();
  expect(receiver.heard[0]!.headers).not.toHaveProperty("runflow-signature");
});

test("a secret that can't be opened signs nothing, and nothing is sent without it", async () => {
  const id = await makeCallbackSecret(database().owner, scene.orgId, "rf_whs_current");
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

describe("an attempt that fails is followed by another", () => {
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
      "an answer that never ends",
      (_heard, response) => void response.writeHead(200).write("a"),
      { status: null, error: "timeout" },
    ],
    [
      "something that isn't HTTP",
      (_heard, _response, request) => void request.socket.end("SSH-2.0\r\n\r\n"),
      { status: null },
    ],
  ];
  test.each(answers)("%s", async (_name, behaviour, attempt) => {
    receiver.behave(behaviour);
    const runIds = await makeDeliveries();
    await work(makeDispatcher({ timeoutMs: 300 }));
    const [delivery] = await readDeliveries(runIds);
    expect(delivery).toMatchObject({ state: "pending", attempt_count: 1 });
    expect(delivery!.waits_ms).toBeGreaterThan(10_000);
    expect(await readAttempts(delivery!.id)).toMatchObject([{ number: 1, ...attempt }]);
    expect(receiver.heard.map(({ path }) => path)).toEqual(["/hook"]);
    receiver.behave((_heard, response) => void response.end());
    await makeDue(runIds);
    await work();
    expect(await readDeliveries(runIds)).toMatchObject([
      { id: delivery!.id, state: "delivered", attempt_count: 2 },
    ]);
    expect(new Set(receiver.heard.map(({ headers }) => headers["runflow-request-id"]))).toEqual(
      new Set([delivery!.id]),
    );
  });

  test("a refused connection, and a name that nobody has", async () => {
    const { origin } = receiver;
    await receiver.close();
    const runIds = await makeDeliveries(1, "/", origin);
    runIds.push(...(await makeDeliveries(1, "/", "http://nobody.invalid")));
    receiver = await startReceiver();
    await work();
    const errors = await Promise.all((await readDeliveries(runIds)).map(({ id }) => readAttempts(id)));
    expect(errors.flat().map(({ error }) => error)).toEqual(["connection_refused", "name_not_found"]);
  });

  test("later and later, eight times over about a day, and then it has failed", async () => {
    receiver.behave((_heard, response) => void response.writeHead(503).end());
    const runIds = await makeDeliveries();
    const waits: number[] = [];
    for (let turn = 1; turn < MAX_ATTEMPTS; turn++) {
      await work();
      const [delivery] = await readDeliveries(runIds);
      expect(delivery).toMatchObject({ state: "pending", attempt_count: turn });
      waits.push(delivery!.waits_ms!);
      await makeDue(runIds);
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

test("of a long answer 4 KiB are kept, and what PostgreSQL can't hold is replaced", async () => {
  receiver.behave((_heard, response) => void response.end(`\0${"x".repeat(100_000)}`));
  const [delivery] = await makeDeliveries().then(async (ids) => (await work(), readDeliveries(ids)));
  const [attempt] = await readAttempts(delivery!.id);
  expect(attempt!["response_body"]).toBe(`\ufffd${"x".repeat(4_095)}`);
});

test("an endpoint that is silent holds up nobody else", async () => {
  const silent = await startReceiver();
  silent.behave(() => {});
  const stuck = await makeDeliveries(100, "/", silent.origin);
  const others = await makeDeliveries(50);
  const dispatcher = makeDispatcher({ timeoutMs: 5_000 });
  dispatcher.wake();
  await expect.poll(() => receiver.heard.length, { timeout: 4_000 }).toBe(50);
  expect(silent.heard.length).toBeLessThanOrEqual(16);
  await silent.close();
  await dispatcher.stop();
  expect((await readDeliveries(others)).every(({ state }) => state === "delivered")).toBe(true);
  expect((await readDeliveries(stuck)).every(({ state }) => state === "pending")).toBe(true);
});

test("after five failures in a row an endpoint is left alone; then one delivery tries it, and the rest follows", async () => {
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
        [scene.orgId],
      )
    ).rows[0] as unknown;
  expect(await circuit()).toEqual({ failures_in_row: 5, is_open: true });
  expect(await readDeliveries(rest)).toMatchObject(
    Array.from({ length: 20 }, () => ({ attempt_count: 0, state: "pending" })),
  );

  const passTime = () =>
    database().owner.query(
      "UPDATE delivery_endpoints SET open_until = now() - interval '1 s' WHERE org_id = $1",
      [scene.orgId],
    );
  await passTime();
  await work();
  expect(receiver.heard).toHaveLength(6);
  expect(await circuit()).toEqual({ failures_in_row: 6, is_open: true });

  receiver.behave((_heard, response) => void response.end());
  await passTime();
  await work();
  expect(await circuit()).toEqual({ failures_in_row: 0, is_open: null });
  await makeDue([...first, ...rest]);
  await work();
  expect((await readDeliveries([...first, ...rest])).map(({ state }) => state)).toEqual(
    Array(25).fill("delivered"),
  );
});

test("several workers never send one delivery twice", async () => {
  const runIds = await makeDeliveries(300);
  const workers = [makeDispatcher(), makeDispatcher(), makeDispatcher()];
  await Promise.all(workers.map(work));
  const ids = receiver.heard.map(({ headers }) => headers["runflow-request-id"]);
  expect(ids).toHaveLength(300);
  expect(new Set(ids)).toEqual(new Set((await readDeliveries(runIds)).map(({ id }) => id)));
});

test("an endpoint of a dead worker is taken over once its time runs out, and one given back at once", async () => {
  const runIds = await makeDeliveries(3);
  const claim = { workerId: randomUUID(), held: [], perEndpoint: 10, limit: 10 };
  expect(await claimDeliveries(database().workerDb, claim)).toHaveLength(3);
  await work();
  expect(receiver.heard).toHaveLength(0);
  await database().owner.query("UPDATE delivery_endpoints SET owned_until = now() - interval '1 s'");
  await work();
  expect(receiver.heard).toHaveLength(3);
  expect((await readDeliveries(runIds)).map(({ state }) => state)).toEqual(Array(3).fill("delivered"));

  await makeDeliveries(1);
  const [taken] = await claimDeliveries(database().workerDb, claim);
  await work();
  expect(receiver.heard).toHaveLength(3);
  await giveBack(database().workerDb, claim.workerId, [taken!]);
  await work();
  expect(receiver.heard).toHaveLength(4);
});

test("a worker that stops finishes what is under way and hands back the rest", async () => {
  const answers: (() => void)[] = [];
  receiver.behave((_heard, response) => void answers.push(() => response.end()));
  const runIds = await makeDeliveries(40);
  const dispatcher = makeDispatcher();
  dispatcher.wake();
  await expect.poll(() => answers.length).toBe(16);
  const stopped = dispatcher.stop();
  for (const answer of answers) answer();
  await stopped;
  const states = await readDeliveries(runIds);
  expect(states.filter(({ state }) => state === "delivered")).toHaveLength(16);
  const { rowCount } = await database().owner.query(
    "SELECT FROM delivery_endpoints WHERE owner_id IS NOT NULL",
  );
  expect(rowCount).toBe(0);
  expect(receiver.heard).toHaveLength(16);
});
