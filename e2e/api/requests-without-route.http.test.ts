import { once } from "node:events";
import { connect } from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { cloneDatabase, type TestDatabase } from "@/test/database";
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

/** Sends a raw request line: fetch would repair or refuse these. */
async function send(
  requestLine: string,
  headers = "",
): Promise<{ status: number; head: string; body: string }> {
  const { host } = new URL(server.baseUrl);
  return sendWithoutHost(requestLine, `Host: ${host}\r\n${headers}`);
}

async function sendWithoutHost(
  requestLine: string,
  headers = "",
): Promise<{ status: number; head: string; body: string }> {
  const socket = connect(Number(new URL(server.baseUrl).port), "127.0.0.1");
  let text = "";
  socket.setEncoding("utf8").on("data", (chunk: string) => (text += chunk));
  socket.write(`${requestLine} HTTP/1.1\r\n${headers}Connection: close\r\n\r\n`);
  await once(socket, "close");
  const [head = "", body = ""] = text.split(/\r\n\r\n(.*)/s);
  return { status: Number(head.split(" ")[1]), head, body };
}

function expectEnvelope(answer: Awaited<ReturnType<typeof send>>, status: number, code: string): void {
  expect(answer).toMatchObject({ status });
  expect(answer.head).toMatch(/^runflow-request-id: req_\w{26,}$/im);
  expect(answer.head).toMatch(/^content-type: application\/json; charset=utf-8$/im);
  expect(answer.head).toMatch(/^cache-control: no-store$/im);
  const body = answer.body.replace(/^[0-9a-f]+\r\n|\r\n0\r\n\r\n$/g, "");
  expect(JSON.parse(body)).toEqual({ code, message: expect.any(String), errors: null });
}

describe("request outside every route: answered in the envelope:", () => {
  test.each(["PROPFIND", "TRACE", "PURGE", "QUERY", "LINK"])("%s on a known path", async (method) => {
    const answer = await send(`${method} /v1/health`);
    expectEnvelope(answer, 405, "METHOD_NOT_ALLOWED");
    expect(answer.head).toMatch(/^allow: GET, HEAD$/im);
  });

  test("a method unknown to HTTP", async () => {
    const answer = await send("FROBNICATE /v1/health");
    expectEnvelope(answer, 405, "METHOD_NOT_ALLOWED");
    expect(answer.head).toMatch(/^allow: /im);
  });

  test.each([
    "/v1",
    "/v1/",
    "/v1/nothing",
    "/v1//health",
    "/v1/health/",
    "/v1/%zz",
    "/v1/%",
    "/v1/%00",
    "/v1/%ff",
    "/v1/a\\b",
  ])("path %s", async (path) => expectEnvelope(await send(`GET ${path}`), 404, "NOT_FOUND"));

  test("bytes that aren't a request", async () => {
    const answer = await send("GET /v1/health extra");
    expectEnvelope(answer, 400, "BAD_REQUEST");
    expect(answer.body).toContain("This is not a valid HTTP request.");
    expectEnvelope(await send("GET /v1/health", "Content-Length: x\r\n"), 400, "BAD_REQUEST");
  });

  test("no Host", async () => {
    const answer = await sendWithoutHost("GET /v1/health");
    expectEnvelope(answer, 400, "BAD_REQUEST");
    expect(answer.body).toContain("The request has no Host header.");
  });

  const { several, invalid } = {
    several: "The request has several Host headers. Send one.",
    invalid: "The Host header is not a host name or address with an optional port.",
  };
  test.each([
    ["two Host headers", "GET /v1/health", "Host: a.example\r\nHost: b.example\r\n", several],
    ["the same Host twice", "GET /v1/health", "Host: a.example\r\nhost: a.example\r\n", several],
    ["a list of hosts", "GET /v1/health", "Host: a.example, b.example\r\n", invalid],
    ["a host with a path", "GET /v1/health", "Host: a.example/b\r\n", invalid],
    ["a host with a user", "GET /v1/health", "Host: a@b.example\r\n", invalid],
    ["an empty Host", "GET /v1/health", "Host:\r\n", invalid],
    [
      "an address for another host",
      "GET http://a.example/v1/health",
      "Host: b.example\r\n",
      "The URL and the Host header name different hosts.",
    ],
  ])("%s", async (_what, requestLine, headers, message) => {
    const answer = await sendWithoutHost(requestLine, headers);
    expectEnvelope(answer, 400, "BAD_REQUEST");
    expect(answer.body).toContain(message);
  });

  test.each(["OPTIONS *", "GET *"])("%s, without a path", async (requestLine) => {
    expectEnvelope(await send(requestLine), 404, "NOT_FOUND");
  });

  test.each([
    ["a long address of the API", `/v1/admin/runs?q=${"x".repeat(70_000)}`, ""],
    ["an endless address of the API", `/v1/admin/runs?q=${"x".repeat(2_000_000)}`, "Accept: text/html\r\n"],
    ["a long header", "/v1/health", `X-Long: ${"x".repeat(70_000)}\r\n`],
    ["many headers", "/v1/health", "X-One: 1234567890\r\n".repeat(6_000)],
    ["a page's data, asked for by a script", "/runs", `Accept: */*\r\nCookie: a=${"x".repeat(70_000)}\r\n`],
  ])("%s", async (_what, path, headers) => {
    const answer = await send(`GET ${path}`, headers);
    expectEnvelope(answer, 431, "REQUEST_HEADER_FIELDS_TOO_LARGE");
    expect(answer.body).toContain("The URL and headers of this request exceed 64 KiB together");
  });

  test("headers of nearly 64 KiB: accepted", async () => {
    const answer = await send("GET /v1/health", `X-Long: ${"x".repeat(64_000)}\r\n`);
    expect(answer).toMatchObject({ status: 200 });
  });
});

describe("request too long, from a person's browser: a page that explains it:", () => {
  const html = "Accept: text/html,application/xhtml+xml\r\n";
  test.each([
    ["an address", `/runs?q=${"x".repeat(70_000)}`, html],
    ["an endless address", `/runs?look=${"x".repeat(2_000_000)}`, html],
    ["cookies", "/runs", `${html}Cookie: a=${"x".repeat(70_000)}\r\n`],
    ["cookies, on a page of the API", "/v1/health", `${html}Cookie: a=${"x".repeat(70_000)}\r\n`],
  ])("%s", async (_what, path, headers) => {
    const answer = await send(`GET ${path}`, headers);
    expect(answer.status).toBe(431);
    expect(answer.head).toMatch(/^content-type: text\/html; charset=utf-8$/im);
    expect(answer.head).toMatch(/^runflow-request-id: req_\w{26,}$/im);
    expect(answer.body).toMatch(/^<!doctype html>[^]*without a filter[^]*cookies[^]*<\/html>\n$/);
  });
});

test("unknown Expect header: answered normally", async () => {
  const answer = await send("GET /v1/health", "Expect: the-unexpected\r\n");
  expect(answer.status).toBe(200);
  expect(answer.head).toMatch(/^runflow-request-id: req_/im);
});

test.each(["a.example", "A.example.:8080", "[2001:db8::1]:443", "under_score"])(
  "host %s: answered",
  async (host) => {
    expect(await sendWithoutHost("GET /v1/health", `Host: ${host}\r\n`)).toMatchObject({ status: 200 });
  },
);

test("absolute request target: reaches the route", async () => {
  const answer = await send(`GET ${server.baseUrl}/v1/health`);
  expect(answer.status).toBe(200);
});

test.each(["websocket", "h2c", "x"])("upgrade to %s: ignored, answered normally", async (protocol) => {
  const headers = `Upgrade: ${protocol}\r\nConnection: Upgrade\r\n`;
  expectEnvelope(await send("GET /v1/nothing", headers), 404, "NOT_FOUND");
  expect(await send("GET /v1/health", headers)).toMatchObject({ status: 200 });
  expect(await send("GET /sign-in", headers)).toMatchObject({ status: 200 });
  expect(await send("GET /_next/hmr", headers)).toMatchObject({ status: 404 });
});
