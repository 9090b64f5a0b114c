import { describe, expect, test } from "vitest";
import { makeKey, makePerson } from "@/test/credentials";
import { makeRun } from "@/test/fixture";
import { useApi } from "@/test/use-api";

const api = useApi({ LOG_LEVEL: "info" });

type LogLine = {
  request_id?: string;
  status?: number;
  method?: string;
  path?: string;
  credential_id?: string;
};

/** The server's log so far, without the framework's startup messages. */
const readLog = (): LogLine[] =>
  api()
    .server.output()
    .split("\n")
    .filter((line) => line.startsWith("{"))
    .map((line) => JSON.parse(line) as LogLine);

/** The log line of a request, which may arrive after its answer. */
async function findLogLine(requestId: string): Promise<LogLine> {
  const deadline = Date.now() + 5_000;
  for (;;) {
    const lines = readLog().filter((line) => line.request_id === requestId);
    if (lines.length > 0) {
      expect(lines).toHaveLength(1);
      return lines[0]!;
    }
    if (Date.now() > deadline) throw new Error(`no log line has ${requestId}`);
    await new Promise((resolve) => setImmediate(resolve));
  }
}

async function prepare() {
  const { database, fixture } = api();
  const key = await makeKey(database.owner, { ownerId: (await makePerson(database.owner)).id });
  return { key, path: `/v1/admin/runs/${await makeRun(database.owner, fixture)}/cancellation` };
}

describe("request id", () => {
  test("of a cancellation: in the answer, the log and the audit entry", async () => {
    const { database, call } = api();
    const { key, path } = await prepare();
    const { requestId } = await call("POST", path, key);
    const { rows } = await database.owner.query("SELECT 1 FROM audit_entries WHERE request_id = $1", [
      requestId,
    ]);
    expect(rows).toHaveLength(1);
    expect(await findLogLine(requestId)).toMatchObject({
      status: 201,
      method: "POST",
      path,
      credential_id: key.id,
    });
  });

  test("of a refusal: in the answer, the log and the security event", async () => {
    const { database, call } = api();
    const { path } = await prepare();
    const { requestId } = await call("POST", path);
    const { rows } = await database.owner.query("SELECT 1 FROM security_events WHERE request_id = $1", [
      requestId,
    ]);
    expect(rows).toHaveLength(1);
    expect(await findLogLine(requestId)).toMatchObject({ status: 401, method: "POST", path });
  });

  test("sent by the caller: ignored", async () => {
    const { call } = api();
    const headers = { "Runflow-Request-Id": "req_00000000000000000000000000", "X-Request-Id": "mine" };
    expect((await call("GET", "/v1/health", { headers })).requestId).not.toBe(headers["Runflow-Request-Id"]);
  });
});

test("log: no credential, cookie or reason", async () => {
  const { call, server } = api();
  const { key, path } = await prepare();
  const secret = "a reason that must not be logged";
  const headers = { ...key.headers, Cookie: "runflow-console.session=cookie-in-the-log" };
  const { requestId } = await call("POST", path, { headers, body: JSON.stringify({ reason: secret }) });
  await findLogLine(requestId);
  for (const text of [key.text, "cookie-in-the-log", secret]) expect(server.output()).not.toContain(text);
});

describe("client address of an entry", () => {
  test("the connection's, despite forged headers", async () => {
    const { database, call } = api();
    const { key, path } = await prepare();
    const claims = {
      "X-Forwarded-For": "203.0.113.9",
      "X-Real-Ip": "203.0.113.9",
      Forwarded: "for=203.0.113.9",
    };
    const { requestId } = await call("POST", path, { headers: { ...key.headers, ...claims } });
    const { rows } = await database.owner.query("SELECT ip FROM audit_entries WHERE request_id = $1", [
      requestId,
    ]);
    expect(rows).toEqual([{ ip: "127.0.0.1" }]);
  });
});

describe("methods", () => {
  const CANCELLATION = "/v1/admin/runs/01990000-0000-7000-8000-000000000000/cancellation";
  test.each([
    ["GET", CANCELLATION, "POST"],
    ["HEAD", CANCELLATION, "POST"],
    ["PUT", CANCELLATION, "POST"],
    ["PATCH", CANCELLATION, "POST"],
    ["DELETE", CANCELLATION, "POST"],
    ["OPTIONS", CANCELLATION, "POST"],
    ["POST", "/v1/health", "GET, HEAD"],
    ["DELETE", "/v1/auth/me", "GET, HEAD"],
    ["OPTIONS", "/v1/auth/me", "GET, HEAD"],
    ["GET", "/v1/models/runflow/smart-resize/runs", "POST"],
  ])("%s %s: not allowed", async (method, path, allow) => {
    const reply = await api().call(method, path);
    expect(reply.status).toBe(405);
    expect(reply.headers.allow).toBe(allow);
    if (method !== "HEAD") expect(reply.json).toMatchObject({ code: "METHOD_NOT_ALLOWED", errors: null });
  });

  test("browser's preflight: no permission", async () => {
    const { path } = await prepare();
    const headers = { Origin: "https://elsewhere.example", "Access-Control-Request-Method": "POST" };
    expect(await api().call("OPTIONS", path, { headers })).toMatchObject({ status: 405 });
  });

  test("HEAD: answers like GET, without the body", async () => {
    const { call } = api();
    const { key } = await prepare();
    for (const [path, request] of [
      ["/v1/health", {}],
      ["/v1/auth/me", key],
      ["/v1/auth/me", {}],
      ["/v1/nothing", {}],
    ] as const) {
      const [get, head] = [await call("GET", path, request), await call("HEAD", path, request)];
      expect(head.status).toBe(get.status);
      expect(head.headers["content-type"]).toBe(get.headers["content-type"]);
    }
  });
});

describe("unknown paths: 404:", () => {
  test.each([
    "/v1",
    "/v1/",
    "/v1/run",
    "/v1/health/more",
    "/v1/admin",
    "/v1/admin/runs/x",
    "/v1/admin/runs/x/cancellation/more",
    "/v1/models",
    "/v1/models/runflow",
    "/v1/runs%2Fstatuses",
    "/v1/%E0%A4%A",
    "/v1/%00",
    "/v1/..%2f..%2fetc/passwd",
  ])("%s", async (path) => {
    for (const method of ["GET", "POST", "DELETE"]) {
      const reply = await api().call(method, path);
      expect(reply).toMatchObject({ status: 404, json: { code: "NOT_FOUND", errors: null } });
    }
  });
});

test("health and readiness: no credential needed", async () => {
  const { call } = api();
  expect((await call("GET", "/v1/health")).text).toBe('{"status":"ok","ok":true}');
  const { status, json } = await call("GET", "/v1/readiness");
  expect(status).toBe(200);
  expect(json).toEqual({
    ok: true,
    stopping: false,
    dependencies: expect.arrayContaining([
      { name: "database", ok: true, fault: null },
      { name: "queue", ok: true, fault: null },
    ]),
    background: { worker_is_alive: false, sealer_is_alive: false, seal_lag_seconds: expect.any(Number) },
  });
});

describe("framework features that must not affect the API:", () => {
  test.each([
    { RSC: "1" },
    { RSC: "1", "Next-Router-Prefetch": "1", "Next-Router-State-Tree": "%5B%22%22%5D" },
    { "Next-Action": "a".repeat(40) },
    { "X-Middleware-Subrequest": "middleware:middleware:middleware" },
    { "X-Matched-Path": "/v1/health" },
    { "X-Invoke-Path": "/v1/health", "X-Invoke-Status": "500" },
    { "X-Nextjs-Data": "1" },
    { "X-Now-Route-Matches": "1=x" },
    { "X-HTTP-Method-Override": "DELETE" },
    { "X-Forwarded-Host": "elsewhere.example", "X-Forwarded-Proto": "https" },
    { Expect: "100-continue" },
    { "Accept-Encoding": "identity", Accept: "text/html" },
    { "Content-Type": "multipart/form-data; boundary=x" },
    { "Content-Type": "application/x-www-form-urlencoded" },
    { Purpose: "prefetch", "X-Purpose": "preview" },
    { Cookie: "__prerender_bypass=x; __next_preview_data=x" },
  ])("header %j", async (more) => {
    const { call } = api();
    const { key, path } = await prepare();
    const headers = { ...key.headers, ...more };
    expect(await call("POST", path, { headers, body: '{"reason":"stuck"}' })).toMatchObject({ status: 201 });
    expect(await call("GET", "/v1/auth/me", { headers })).toMatchObject({
      status: 200,
      json: { id: key.id },
    });
    expect(await call("GET", "/v1/nothing", { headers })).toMatchObject({ status: 404 });
  });

  test("query with the route's parameter names", async () => {
    const { call } = api();
    const { key, path } = await prepare();
    const other = (await prepare()).path.split("/")[4]!;
    const query = `?run_id=${other}&nxtPrun_id=${other}&id=${other}&nxtPid=${other}&_rsc=1&__nextDataReq=1&amp=1`;
    const own = path.split("/")[4]!;
    expect(await call("GET", `/v1/runs/${own}${query}`, key)).toMatchObject({
      status: 200,
      json: { id: own, status_code: "running" },
    });
    // A change refuses a misplaced field.
    expect(await call("POST", `${path}${query}`, key)).toMatchObject({
      status: 422,
      json: { errors: expect.arrayContaining([expect.objectContaining({ type: "extra_forbidden" })]) },
    });
    for (const id of [own, other]) {
      const { json } = await call("GET", `/v1/runs/${id}`, key);
      expect(json).toMatchObject({ id, status_code: "running" });
    }
  });

  test.each([
    "/v1/health.rsc",
    "/v1/health.json",
    "/v1/health.segments/_tree.segment.rsc",
    "/v1/auth/me.txt",
  ])("path %s", async (path) => {
    expect(await api().call("GET", path)).toMatchObject({ status: 404, json: { code: "NOT_FOUND" } });
  });
});
