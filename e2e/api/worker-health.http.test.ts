import { expect, test } from "vitest";
import { findFreePort } from "@/lib/platform/db/free-port";
import { cloneDatabase } from "@/test/database";
import { startFreezingProxy } from "@/test/freezing-proxy";
import { startWorker } from "@/test/worker";

const ask = async (port: number, path = "/health", method = "GET") => {
  const response = await fetch(`http://127.0.0.1:${port}${path}`, { method });
  return { status: response.status, body: await response.text() };
};

const LISTENING = '"msg":"listening"';

test("worker: healthy while its queue runs; not while its database is cut off; healthy again after", async () => {
  const database = await cloneDatabase();
  const proxy = await startFreezingProxy(database.ownerUrl);
  const port = await findFreePort();
  const worker = await startWorker(proxy.through(database.workerUrl), { WORKER_PORT: String(port) });
  try {
    const isWell = { status: 200, body: '{"ok":true,"problems":[]}' };
    await expect.poll(() => ask(port)).toEqual(isWell);
    expect(worker.output()).toContain(LISTENING);
    expect(await ask(port, "/")).toMatchObject({ status: 404 });
    expect(await ask(port, "/health", "POST")).toMatchObject({ status: 404 });

    proxy.cutOff();
    const isIll = { status: 503, body: expect.stringContaining("No heartbeat for 15 s.") };
    await expect.poll(() => ask(port), { timeout: 60_000 }).toMatchObject(isIll);
    expect((await ask(port)).body).toContain("The database does not answer.");

    proxy.heal();
    await expect.poll(() => ask(port), { timeout: 60_000 }).toEqual(isWell);
  } finally {
    await worker.stop();
    await proxy.close();
    await database.drop();
  }
});

test("worker: listens on no port by default", async () => {
  const database = await cloneDatabase();
  const worker = await startWorker(database.workerUrl);
  try {
    expect(worker.output()).not.toContain(LISTENING);
  } finally {
    await worker.stop();
    await database.drop();
  }
});
