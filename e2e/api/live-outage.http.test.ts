import { expect, test } from "vitest";
import { startWithPostgres } from "@/lib/testing/breakable-server";
import { makeKey, makePerson } from "@/lib/testing/credentials";
import { cloneDatabase } from "@/lib/testing/database";
import { expectNamed, openStream } from "@/lib/testing/event-stream";
import { makeRun, makeScene } from "@/lib/testing/scene";
import { startServers, type TestServerProcess } from "@/lib/testing/server";

const PATH = "/v1/admin/runs/stream";

test("when PostgreSQL stops streams end, none opens meanwhile, and afterwards they tell of changes again", async () => {
  const { owner, baseUrl, breakDown, recover, stop } = await startWithPostgres();
  try {
    const scene = await makeScene(owner);
    const { headers } = await makeKey(owner, { ownerId: (await makePerson(owner)).id });
    const open = () => openStream(`${baseUrl}${PATH}`, headers);
    const before = await open();
    await expectNamed(before, [await makeRun(owner, scene)]);

    await breakDown();
    await expect.poll(() => before.hasEnded(), { timeout: 10_000 }).toBe(true);
    expect(before.isComplete()).toBe(true);
    const meanwhile = await open();
    expect(meanwhile.status).toBe(503);
    await expect.poll(() => meanwhile.text()).toContain("SERVICE_UNAVAILABLE");

    await recover();
    let after = meanwhile;
    const reopen = async () => (after = await open()).status;
    await expect.poll(reopen, { timeout: 20_000, interval: 200 }).toBe(200);
    await expectNamed(after, [await makeRun(owner, scene)]);
    after.leave();
  } finally {
    await stop();
  }
});

test("a server that is asked to stop ends its streams in order, and another hears what comes then", async () => {
  const database = await cloneDatabase();
  const servers = await startServers({ databaseUrl: database.appUrl, processes: 2 });
  try {
    const [first, second] = servers as [TestServerProcess, TestServerProcess];
    const { owner } = database;
    const scene = await makeScene(owner);
    const { headers } = await makeKey(owner, { ownerId: (await makePerson(owner)).id });
    const ofFirst = await openStream(`${first.baseUrl}${PATH}`, headers);
    const ofSecond = await openStream(`${second.baseUrl}${PATH}`, headers);
    await first.stop();
    await expect.poll(() => ofFirst.hasEnded()).toBe(true);
    // Cut off when the server's patience ends, it would be incomplete.
    expect(ofFirst.isComplete()).toBe(true);
    await expectNamed(ofSecond, [await makeRun(owner, scene)]);
    await second.kill();
    await expect.poll(() => ofSecond.hasEnded()).toBe(true);
    expect(ofSecond.isComplete()).toBe(false);
  } finally {
    await Promise.all(servers.map((server) => server.stop()));
    await database.drop();
  }
});
