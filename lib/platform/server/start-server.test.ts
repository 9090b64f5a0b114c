import { once } from "node:events";
import type { Server } from "node:http";
import { type AddressInfo, connect, type Socket } from "node:net";
import { afterEach, describe, expect, test } from "vitest";
import { startServer } from "./start-server";
import { stopGracefully } from "./stop-gracefully";

const open: { server: Server; sockets: Socket[] }[] = [];
afterEach(() => {
  for (const { server, sockets } of open.splice(0)) {
    for (const socket of sockets) socket.destroy();
    server.close();
    server.closeAllConnections();
  }
});

async function start(isDevelopment: boolean, more: { receiveTimeoutMs?: number } = {}) {
  const options = { host: "127.0.0.1", port: 0, trustedProxies: 0, isHttps: false, isDevelopment, ...more };
  const held = Promise.withResolvers<void>();
  const server = await startServer(options, async (request, response) => {
    const { authorization } = request.headers;
    for await (const chunk of request) void chunk;
    if (request.url === "/held") await held.promise;
    response.end(authorization === undefined ? "answered" : `answered ${authorization}`);
  });
  const sockets: Socket[] = [];
  open.push({ server, sockets });
  const { port } = server.address() as AddressInfo;
  /** A client that sends this and never closes its side. */
  const say = (text: string) => {
    const socket = connect({ port, host: "127.0.0.1", allowHalfOpen: true });
    sockets.push(socket);
    const heard = { socket, text: "" };
    socket.setEncoding("utf8").on("data", (chunk: string) => (heard.text += chunk));
    socket.on("error", () => {}).write(text);
    return heard;
  };
  return { server, say, release: held.resolve, countConnections: () => count(server) };
}

const count = (server: Server) =>
  new Promise<number>((resolve, reject) =>
    server.getConnections((error, connections) => (error ? reject(error) : resolve(connections))),
  );

const UPGRADE = "GET /x HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n";
const CONNECT = "CONNECT a:1 HTTP/1.1\r\nHost: a\r\n\r\n";

describe("upgrade request", () => {
  test("in production: answered like an ordinary request, even with an upgrade listener", async () => {
    const { server, say } = await start(false);
    server.on("upgrade", () => {}); // like Next, which takes the socket and never answers
    const heard = say(UPGRADE);
    await expect.poll(() => heard.text).toMatch(/^HTTP\/1\.1 200 OK\r\n[^]*answered/);
    // The connection is still an ordinary one.
    heard.text = "";
    heard.socket.write("GET /y HTTP/1.1\r\nHost: a\r\n\r\n");
    await expect.poll(() => heard.text).toMatch(/^HTTP\/1\.1 200 OK/);
  });

  test("in development: reaches the upgrade listener", async () => {
    const { server, say } = await start(true);
    server.on("upgrade", (_request, socket) => socket.write("HTTP/1.1 101 Switching Protocols\r\n\r\n"));
    const heard = say(UPGRADE);
    await expect.poll(() => heard.text).toMatch(/^HTTP\/1\.1 101 /);
  });
});

test("two credentials: neither is accepted", async () => {
  const { say } = await start(false);
  const one = say("GET /x HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer a\r\n\r\n");
  await expect.poll(() => one.text).toMatch(/answered Bearer a$/);
  const two = say("GET /x HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer a\r\nauthorization: Bearer b\r\n\r\n");
  await expect.poll(() => two.text).toMatch(/answered Bearer a, Bearer b$/);
});

test("header after thousands of others: read", async () => {
  const { say } = await start(false);
  const heard = say(
    `GET /x HTTP/1.1\r\nHost: a\r\n${"a:b\r\n".repeat(5_000)}Authorization: Bearer a\r\n\r\n`,
  );
  await expect.poll(() => heard.text).toMatch(/answered Bearer a$/);
});

describe("request that doesn't arrive in time: 408, and the connection ends", () => {
  const BODY = "POST /x HTTP/1.1\r\nHost: a\r\nContent-Length: 1000000\r\n\r\n{";
  test.each([
    ["half of a head", "GET /x HTTP/1.1\r\nHost: a\r\nX-Slow: ", ""],
    ["a head that trickles", "GET /x HTTP/1.1\r\nHost: a\r\nX-Slow: ", "x"],
    ["half of a body", BODY, ""],
    ["a body that trickles", BODY, " "],
    [
      "chunks that trickle",
      "POST /x HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n",
      "1\r\nx\r\n",
    ],
  ])("%s", async (_what, first, piece) => {
    const { say, countConnections } = await start(false, { receiveTimeoutMs: 500 });
    const slow = say(first);
    const trickle = setInterval(() => piece && slow.socket.write(piece), 20);
    await once(slow.socket, "end");
    clearInterval(trickle);
    expect(slow.text).toMatch(/^HTTP\/1\.1 408 [^]*REQUEST_TIMEOUT/);
    await expect.poll(countConnections).toBe(0);
  });

  test("control: an idle connection, and one whose answer takes longer, stay", async () => {
    const { say, release } = await start(false, { receiveTimeoutMs: 100 });
    const idle = say("GET /x HTTP/1.1\r\nHost: a\r\n\r\n");
    await expect.poll(() => idle.text).toMatch(/answered$/);
    const waiting = say("GET /held HTTP/1.1\r\nHost: a\r\n\r\n");
    // A request that is too slow shows that the time is over for all.
    await once(say("GET /x HTTP/1.1\r\nX-Slow: ").socket, "end");
    release();
    await expect.poll(() => waiting.text).toMatch(/answered$/);
    idle.text = "";
    idle.socket.write("GET /x HTTP/1.1\r\nHost: a\r\n\r\n");
    await expect.poll(() => idle.text).toMatch(/answered$/);
  });
});

describe("CONNECT", () => {
  test("refused, and the connection is closed although the client keeps its side open", async () => {
    const { say, countConnections } = await start(false);
    const heard = say(CONNECT);
    await once(heard.socket, "end");
    expect(heard.text).toMatch(/^HTTP\/1\.1 405 [^]*METHOD_NOT_ALLOWED/);
    await expect.poll(countConnections, { timeout: 5_000 }).toBe(0);
  });

  test("client that resets instead of reading: no uncaught exception", async () => {
    const { say, countConnections } = await start(false);
    // An uncaught exception would fail the run.
    for (let times = 0; times < 20; times++) {
      const { socket } = say(CONNECT);
      await once(socket, "connect");
      socket.resetAndDestroy();
    }
    await expect.poll(countConnections).toBe(0);
    const heard = say("GET /x HTTP/1.1\r\nHost: a\r\n\r\n");
    await expect.poll(() => heard.text).toMatch(/^HTTP\/1\.1 200 OK/);
  });
});

describe("stop", () => {
  test("ends in time, even if a handed-over connection never closes", async () => {
    const { server, say, countConnections } = await start(true);
    const handed = once(server, "upgrade");
    say(UPGRADE);
    await handed;
    const startedAt = performance.now();
    await stopGracefully(server, { graceMs: 300, idleMs: 0 });
    expect(performance.now() - startedAt).toBeLessThan(2_000);
    expect(await countConnections()).toBe(1);
  });

  test("open connections: each gets one more response, with Connection: close, while new ones are refused", async () => {
    const { server, say } = await start(false);
    const known = say("GET /x HTTP/1.1\r\nHost: a\r\n\r\n");
    await expect.poll(() => known.text).toMatch(/answered$/);
    expect(known.text).toMatch(/connection: keep-alive/i);
    const refusing = Promise.withResolvers<void>();
    const stopped = stopGracefully(server, {
      graceMs: 60_000,
      idleMs: 60_000,
      onRefusing: refusing.resolve,
    });
    await refusing.promise;
    expect(server.listening).toBe(false);
    known.text = "";
    known.socket.write("GET /y HTTP/1.1\r\nHost: a\r\n\r\n");
    await once(known.socket, "end");
    expect(known.text).toMatch(/^HTTP\/1\.1 200 OK\r\nconnection: close\r\n[^]*answered$/i);
    known.socket.end();
    await stopped;
  });

  test("idle connections: end after a while", async () => {
    const { server, say } = await start(false);
    const idle = say("GET /x HTTP/1.1\r\nHost: a\r\n\r\n");
    await expect.poll(() => idle.text).toMatch(/answered$/);
    const stopped = stopGracefully(server, { graceMs: 60_000, idleMs: 200 });
    await once(idle.socket, "end");
    await stopped;
  });

  test("doesn't wait when nothing is open", async () => {
    const { server } = await start(false);
    const startedAt = performance.now();
    await stopGracefully(server, { graceMs: 60_000, idleMs: 0 });
    expect(performance.now() - startedAt).toBeLessThan(10_000);
  });
});
