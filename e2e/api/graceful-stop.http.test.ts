import { once } from "node:events";
import { connect } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { makeKey, makePerson } from "@/test/credentials";
import { cloneDatabase, type TestDatabase } from "@/test/database";
import { openStream } from "@/test/event-stream";
import { startServers, type TestServerProcess } from "@/test/server";

let database: TestDatabase;
let server: TestServerProcess;

beforeAll(async () => {
  database = await cloneDatabase();
  [server] = (await startServers({ databaseUrl: database.appUrl })) as [TestServerProcess];
});

afterAll(async () => {
  await server?.stop();
  await database?.drop();
});

test("server shutdown: completes running requests and accepts no new ones", async () => {
  const { port, host } = new URL(server.baseUrl);
  const socket = connect(Number(port), "127.0.0.1");
  let answer = "";
  socket.setEncoding("utf8").on("data", (text: string) => (answer += text));
  const closed = once(socket, "close");
  const path = "/v1/admin/runs/01a2107c-b90e-7e59-bdb0-ed5c0021c5b7/cancellation";
  // With an Expect header the server reports that it has begun the request.
  socket.write(`POST ${path} HTTP/1.1\r\nHost: ${host}\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n`);
  await once(socket, "data");
  expect(answer).toMatch(/^HTTP\/1\.1 100 /);

  const stopped = server.stop();
  await expect.poll(() => tryToConnect(server.baseUrl)).toBe("refused");
  answer = "";
  socket.write("{}");
  await Promise.all([closed, stopped]);
  expect(answer).toMatch(/^HTTP\/1\.1 401 /);
  expect(answer).toContain("UNAUTHORIZED");
});

/** Over a new connection, unlike `fetch`. */
const tryToConnect = (baseUrl: string): Promise<string> => {
  const socket = connect(Number(new URL(baseUrl).port), "127.0.0.1");
  return once(socket, "connect").then(
    () => (socket.destroy(), "accepted"),
    () => "refused",
  );
};

async function startWithStream(env: Record<string, string>) {
  const [draining] = await startServers({ databaseUrl: database.appUrl, env });
  const { id: ownerId } = await makePerson(database.owner, { role: "admin" });
  const { headers } = await makeKey(database.owner, { ownerId });
  const stream = await openStream(`${draining!.baseUrl}/v1/admin/audit-log/stream`, headers);
  expect(stream.status).toBe(200);
  return { draining: draining!, stream };
}

test("server shutdown: not ready first, still responds, then ends its streams and exits with 0", async () => {
  const { draining, stream } = await startWithStream({ DRAIN_SECONDS: "5" });
  const stopped = draining.stop();
  const readReadiness = async () => {
    const response = await fetch(`${draining.baseUrl}/v1/readiness`);
    const { ok, stopping } = (await response.json()) as { ok: boolean; stopping: boolean };
    return { status: response.status, ok, stopping };
  };
  await expect.poll(readReadiness).toEqual({ status: 503, ok: false, stopping: true });
  // A new connection, as a load balancer that hasn't noticed yet makes one.
  expect((await fetch(`${draining.baseUrl}/v1/health`)).status).toBe(200);
  expect(stream.hasEnded()).toBe(false);
  expect(await stopped).toBe(0);
  await expect.poll(() => stream.hasEnded()).toBe(true);
  expect(stream.isComplete()).toBe(true);
});

test("server shutdown: a proxy's open connection gets one more response when new ones are refused", async () => {
  const [stopping] = await startServers({ databaseUrl: database.appUrl, env: { DRAIN_SECONDS: "3" } });
  const { hostname, port } = new URL(stopping!.baseUrl);
  const socket = connect(Number(port), hostname).setEncoding("utf8");
  let answer = "";
  socket.on("data", (text: string) => (answer += text));
  const ask = () => socket.write(`GET /v1/health HTTP/1.1\r\nHost: ${hostname}\r\n\r\n`);
  ask();
  await expect.poll(() => answer).toMatch(/^HTTP\/1\.1 200 /);
  const stopped = stopping!.stop();
  await expect.poll(() => tryToConnect(stopping!.baseUrl)).toBe("refused");
  answer = "";
  const closed = once(socket, "close");
  ask();
  await closed;
  expect(answer).toMatch(/^HTTP\/1\.1 200 OK\r\nconnection: close\r\n/i);
  expect(await stopped).toBe(0);
});

test("control: a killed server cuts its streams", async () => {
  const { draining, stream } = await startWithStream({});
  await draining.kill();
  await expect.poll(() => stream.hasEnded()).toBe(true);
  expect(stream.isComplete()).toBe(false);
});
