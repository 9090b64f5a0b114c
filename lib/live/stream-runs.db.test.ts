import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import type { Caller } from "@/lib/identity/caller";
import { useDatabase } from "@/lib/testing/database";
import { makeRun, makeScene, type Scene } from "@/lib/testing/scene";
import { RunHub } from "./run-hub";
import { streamRuns } from "./stream-runs";

const database = useDatabase();
let hub: RunHub;
let scene: Scene;

beforeAll(async () => {
  hub = new RunHub(database().appUrl);
  scene = await makeScene(database().owner);
});
afterAll(async () => await hub?.close());

const anyone = (): Caller => ({ ...scene.support, credentialId: randomUUID() });

const open = (caller = anyone(), heartbeatMs = 60_000) =>
  streamRuns(hub, caller, { heartbeatMs, readCallerAgain: async () => caller });

/** What a client reads until an event about runs has come. */
async function readChanges(reader: ReadableStreamDefaultReader<Uint8Array>): Promise<unknown> {
  for (;;) {
    const { value } = await reader.read();
    const [, data] = /^event: runs\ndata: (.*)$/m.exec(new TextDecoder().decode(value)) ?? [];
    if (data) return JSON.parse(data);
  }
}

test("hundreds of clients that come and go leave nothing behind", async () => {
  const streams = await Promise.all(Array.from({ length: 500 }, () => open()));
  expect(hub.size).toBe(500);
  const readers = streams.map((stream) => stream.getReader());
  const id = await makeRun(database().owner, scene);
  expect(await Promise.all(readers.map(readChanges))).toEqual(readers.map(() => ({ changed: [id] })));
  await Promise.all(readers.map((reader) => reader.cancel()));
  expect(hub.size).toBe(0);
});

test("whatever happens while a client reads nothing comes as one event that names nothing", async () => {
  const idle = (await open()).getReader();
  const busy = (await open()).getReader();
  for (let turn = 1; turn <= 8; turn++) {
    await insertRuns(80);
    await readChanges(busy);
  }
  expect(await readChanges(idle)).toEqual({ changed: null });
  const id = await makeRun(database().owner, scene);
  await vi.waitFor(async () => expect(await readChanges(idle)).toEqual({ changed: [id] }));
  await Promise.all([idle.cancel(), busy.cancel()]);
});

test("a change that could not be announced beside another is told of as one among many", async () => {
  const { owner } = database();
  const reader = (await open()).getReader();
  const busy = await owner.connect();
  await busy.query("BEGIN");
  await busy.query("UPDATE runs SET status_code = 'dispatching' WHERE status_code = 'queued'");
  await makeRun(owner, scene);
  expect(await readChanges(reader)).toEqual({ changed: null });
  await busy.query("ROLLBACK");
  busy.release();
  await reader.cancel();
});

test("a client that takes no heartbeat any more is cut off and forgotten", async () => {
  await open(anyone(), 20);
  await vi.waitFor(() => expect(hub.size).toBe(0));
});

test("a hub that can't listen lets nobody follow", async () => {
  const url = Object.assign(new URL(database().appUrl), { password: "wrong" }).href;
  const deaf = new RunHub(url);
  const options = { heartbeatMs: 1_000, readCallerAgain: async () => anyone() };
  await expect(streamRuns(deaf, anyone(), options)).rejects.toMatchObject({ code: "SERVICE_UNAVAILABLE" });
  expect(deaf.size).toBe(0);
  await deaf.close();
});

const insertRuns = (count: number) =>
  database().owner.query(
    `INSERT INTO runs (org_id, model_id, model, source_code, status_code, input, request_id)
     SELECT $1, $2, $3, 'api', 'queued', '{}', 'req_test' FROM generate_series(1, $4)`,
    [scene.orgId, scene.modelId, scene.model, count],
  );
