import { once } from "node:events";
import { connect } from "node:net";
import { beforeAll, describe, expect, test } from "vitest";
import { signProviderEvent } from "@/lib/runs/provider-signature";
import { callHttp } from "@/test/call-http";
import { type Key, makeKey, makePerson, signIn, submitSignIn, TEST_PASSWORD } from "@/test/credentials";
import { makeRun } from "@/test/fixture";
import { TEST_PROVIDER_SECRET } from "@/test/server";
import { useApi } from "@/test/use-api";

const api = useApi();
let key: Key;

beforeAll(async () => {
  const { database } = api();
  key = await makeKey(database.owner, { ownerId: (await makePerson(database.owner)).id });
});

/** Sends these bytes and reads until the server closes the connection. */
async function sendRaw(bytes: string): Promise<{ statuses: number[]; head: string }> {
  const socket = connect(Number(new URL(api().baseUrl).port), "127.0.0.1");
  let text = "";
  socket.setEncoding("latin1").on("data", (chunk: string) => (text += chunk));
  socket.on("error", () => {}).write(Buffer.from(bytes, "latin1"));
  await once(socket, "close");
  const statuses = [...text.matchAll(/^HTTP\/1\.1 (\d{3}) /gm)].map(([, status]) => Number(status));
  return { statuses, head: text.split("\r\n\r\n")[0]! };
}

const newRun = () => makeRun(api().database.owner, api().fixture);
async function statusOf(id: string): Promise<string> {
  const { rows } = await api().database.owner.query<{ status_code: string }>(
    "SELECT status_code::text FROM runs WHERE id = $1",
    [id],
  );
  return rows[0]!.status_code;
}

const lines = (...all: string[]) => all.map((line) => `${line}\r\n`).join("");
const cancellation = (id: string, ...headers: string[]) =>
  lines(
    `POST /v1/admin/runs/${id}/cancellation HTTP/1.1`,
    "Host: 127.0.0.1",
    `Authorization: Bearer ${key.text}`,
    ...headers,
    "",
  );
/** A complete request, to hide within another one's body. */
const hidden = (id: string) => cancellation(id, "Content-Length: 0", "Connection: close");

describe("request hidden behind an ambiguous length: 400, the connection ends, and neither is executed", () => {
  const inner = (id: string) => `0\r\n\r\n${hidden(id)}`;
  test.each<[string, string[], ((id: string) => string)?]>([
    ["a length and chunks", ["Content-Length: 5", "Transfer-Encoding: chunked"]],
    ["chunks and a length", ["Transfer-Encoding: chunked", "Content-Length: 5"]],
    ["two lengths", ["Content-Length: 0", "Content-Length: 500"]],
    ["the same length twice", ["Content-Length: 0", "Content-Length: 0"]],
    ["a list of lengths", ["Content-Length: 0, 500"]],
    ["a length with a sign", ["Content-Length: +0"]],
    ["a negative length", ["Content-Length: -1"]],
    ["a hexadecimal length", ["Content-Length: 0x0"]],
    ["a length with a space", ["Content-Length: 0 0"]],
    ["an enormous length", [`Content-Length: ${"9".repeat(30)}`]],
    ["an empty length", ["Content-Length: "]],
    ["chunked that isn't last", ["Transfer-Encoding: chunked, identity"]],
    ["an unknown encoding", ["Transfer-Encoding: xchunked"]],
    ["identity", ["Transfer-Encoding: identity"]],
    ["chunked twice, once misspelled", ["Transfer-Encoding: chunked", "Transfer-Encoding: x"]],
    ["a space before the colon", ["Transfer-Encoding : chunked"]],
    ["a folded header", ["X-Folded: a", " Transfer-Encoding: chunked", "Content-Length: 5"]],
    ["a bare line feed between headers", ["X-One: a\nContent-Length: 500"]],
    ["a bare carriage return in a value", ["X-One: a\rContent-Length: 500"]],
    ["a NUL in a value", ["X-One: a\0b"]],
    ["a header without a name", [": a"]],
    ["a header without a colon", ["Content-Length"]],
    [
      "a hexadecimal mark in a chunk's size",
      ["Transfer-Encoding: chunked"],
      (id) => `0x0\r\n\r\n${hidden(id)}`,
    ],
    ["a negative chunk", ["Transfer-Encoding: chunked"], (id) => `-1\r\n\r\n${hidden(id)}`],
    ["an enormous chunk", ["Transfer-Encoding: chunked"], (id) => `${"f".repeat(20)}\r\n${hidden(id)}`],
    [
      "a chunk longer than its size",
      ["Transfer-Encoding: chunked"],
      (id) => `1\r\n{}\r\n0\r\n\r\n${hidden(id)}`,
    ],
    ["a bare line feed after a chunk's size", ["Transfer-Encoding: chunked"], (id) => `0\n\n${hidden(id)}`],
  ])("%s", async (_what, headers, rest = inner) => {
    const [outer, other] = [await newRun(), await newRun()];
    const { statuses } = await sendRaw(cancellation(outer, ...headers) + rest(other));
    expect(statuses).toEqual([400]);
    expect([await statusOf(outer), await statusOf(other)]).toEqual(["running", "running"]);
  });

  test("control: two complete requests on one connection are both executed", async () => {
    const [one, other] = [await newRun(), await newRun()];
    const { statuses } = await sendRaw(cancellation(one, "Content-Length: 0") + hidden(other));
    expect(statuses).toEqual([201, 201]);
    expect([await statusOf(one), await statusOf(other)]).toEqual(["canceled", "canceled"]);
  });

  test.each<[string, string[], (body: string) => string]>([
    ["of a GET", [], (body) => body],
    [
      "in chunks",
      ["Transfer-Encoding: chunked"],
      (body) => `${body.length.toString(16)};a=b\r\n${body}\r\n0\r\n\r\n`,
    ],
  ])("request in the body %s: a body, not a request", async (_what, framing, wrap) => {
    const other = await newRun();
    const length = framing.length > 0 ? framing : [`Content-Length: ${hidden(other).length}`];
    const get = lines("GET /v1/auth/me HTTP/1.1", "Host: 127.0.0.1", ...length, "Connection: close", "");
    expect((await sendRaw(get + wrap(hidden(other)))).statuses).toEqual([401]);
    expect(await statusOf(other)).toBe("running");
  });
});

describe("repeated header: refused, whichever value a proxy would use", () => {
  const call = (path: string, headers: Record<string, string | string[]>, body?: string) =>
    api().call("POST", path, { headers, ...(body !== undefined && { body }) });

  test.each([0, 1])("X-Organization-Id, the caller's own as number %i", async (at) => {
    const { database, fixture, otherScene } = api();
    const owner = await makePerson(database.owner);
    const own = await makeKey(database.owner, { ownerId: owner.id, orgIds: [fixture.orgId] });
    const orgs = at === 0 ? [fixture.orgId, otherScene.orgId] : [otherScene.orgId, fixture.orgId];
    const id = await newRun();
    const reply = await call(`/v1/admin/runs/${id}/cancellation`, {
      ...own.headers,
      "X-Organization-Id": orgs,
    });
    expect(reply).toMatchObject({ status: 403, json: { code: "ORGANIZATION_MEMBERSHIP_REQUIRED" } });
    expect(await statusOf(id)).toBe("running");
  });

  test("Idempotency-Key", async () => {
    const id = await newRun();
    const keys = { ...key.headers, "Idempotency-Key": ["a", "b"] };
    expect((await call(`/v1/admin/runs/${id}/cancellation`, keys)).status).toBe(422);
    expect(await statusOf(id)).toBe("running");
  });

  test("Runflow-Signature, one of them right", async () => {
    const id = await newRun();
    const body = JSON.stringify({
      event_id: id,
      status_code: "failed",
      occurred_at: new Date().toISOString(),
    });
    const signature = signProviderEvent(TEST_PROVIDER_SECRET, body);
    const path = `/v1/provider/runs/${id}/events`;
    for (const both of [
      [signature, "x"],
      ["x", signature],
    ])
      expect((await call(path, { "Runflow-Signature": both }, body)).status).toBe(401);
    expect(await statusOf(id)).toBe("running");
    // Control: that signature is right.
    expect((await call(path, { "Runflow-Signature": signature }, body)).status).toBe(200);
  });
});

describe("line break in a value: adds no header to the answer", () => {
  const INJECTED = "%0d%0aX-Injected:%20yes%0d%0aSet-Cookie:%20injected=yes";
  const expectNone = (head: string) => expect(head).not.toMatch(/^(x-injected|set-cookie: injected)/im);

  test.each([
    `/sign-in?next=${INJECTED}`,
    `/runs?look=${INJECTED}`,
    `/runs/${INJECTED}`,
    `/audit?ticket=${INJECTED}`,
    `/set-password?x=${INJECTED}`,
    `/api/auth/signin?callbackUrl=${INJECTED}`,
    `/api/auth/error?error=${INJECTED}`,
    `/v1/runs/${INJECTED}`,
    `/v1/admin/audit-log/export?format=csv&ticket=${INJECTED}`,
    `/v1/${INJECTED}`,
    `/${INJECTED}`,
  ])("%s", async (path) => {
    const { baseUrl, database } = api();
    const session = await signIn(baseUrl, await makePerson(database.owner, { role: "admin" }));
    for (const credential of [
      "X-None: x",
      `Cookie: ${session.Cookie}`,
      `Authorization: Bearer ${key.text}`,
    ]) {
      const request = lines(`GET ${path} HTTP/1.1`, "Host: 127.0.0.1", credential, "Connection: close", "");
      const { head, statuses } = await sendRaw(request);
      expect(statuses[0]).toBeLessThan(500);
      expectNone(head);
    }
  });

  test("sign-in and sign-out that return to such an address", async () => {
    const { baseUrl, database } = api();
    const { email } = await makePerson(database.owner);
    const form = await callHttp(baseUrl, "GET", "/api/auth/csrf");
    const { csrfToken } = JSON.parse(form.text) as { csrfToken: string };
    const Cookie = form.headers["set-cookie"]!.map((text) => text.split(";")[0]).join("; ");
    for (const [path, fields] of [
      ["callback/credentials", { email, password: TEST_PASSWORD }],
      ["signout", {}],
    ] as const)
      for (const callbackUrl of [
        `${baseUrl}/\r\nX-Injected: yes`,
        "/\r\nX-Injected: yes",
        "//evil.example",
      ]) {
        const { headers, status } = await callHttp(baseUrl, "POST", `/api/auth/${path}`, {
          headers: { Cookie, "Content-Type": "application/x-www-form-urlencoded" },
          body: new URLSearchParams({ csrfToken, callbackUrl, ...fields }).toString(),
        });
        expect(status).toBeLessThan(500);
        expect(headers).not.toHaveProperty("x-injected");
        expect(headers.location ?? baseUrl).toMatch(/^(\/(?!\/)|http:\/\/127\.0\.0\.1)/);
      }
  });
});

describe("headers of proxies and of the framework, forged", () => {
  const FORGED: Record<string, string>[] = [
    { "X-Middleware-Subrequest": "proxy:proxy:proxy:proxy:proxy" },
    { "X-Middleware-Subrequest": "src/middleware:src/middleware:src/middleware:src/middleware" },
    { "X-Middleware-Rewrite": "/v1/health", "X-Middleware-Next": "1" },
    { "X-Middleware-Override-Headers": "x-forwarded-for", "X-Middleware-Request-X-Forwarded-For": "1.2.3.4" },
    { "X-Middleware-Invoke": "1", "X-Middleware-Prefetch": "1" },
    { "X-Matched-Path": "/sign-in", "X-Invoke-Path": "/sign-in", "X-Invoke-Status": "200" },
    { "X-Invoke-Output": "/sign-in", "X-Invoke-Query": "%7B%7D", "X-Invoke-Error": "%7B%7D" },
    { "X-Nextjs-Data": "1", "X-Nextjs-Prerender": "1", "X-Nextjs-Rewritten-Path": "/sign-in" },
    { "X-Next-Resume-State-Length": "1", "Next-Resume": "1" },
    { "X-Prerender-Revalidate": "x", "X-Prerender-Revalidate-If-Generated": "1" },
    { "Next-Action": "0".repeat(40), "Content-Type": "text/plain" },
    { RSC: "1", "Next-Router-Prefetch": "1", "Next-Router-Segment-Prefetch": "/_tree" },
    { "X-Forwarded-Host": "evil.example", "X-Forwarded-Proto": "https", "X-Forwarded-Port": "443" },
    { "X-Original-Url": "/v1/health", "X-Rewrite-Url": "/v1/health" },
    { "Runflow-Signed-In-As": "someone", "Runflow-Address-Of-Proxy": "true", "Runflow-Malformed-Query": "q" },
  ];

  test.each(FORGED)("%j: opens no page, and no operation, to a stranger", async (forged) => {
    const { baseUrl, fixture, database } = api();
    const id = await makeRun(database.owner, fixture);
    for (const path of ["/", "/runs", `/runs/${id}`, "/people", "/audit"]) {
      const { status, text, headers } = await callHttp(baseUrl, "GET", path, { headers: forged });
      expect([path, [200, 303, 307, 400, 404].includes(status)]).toEqual([path, true]);
      // Next's client is sent to the same page once, with a mark against caches.
      if (headers.location) expect(headers.location).toMatch(/^\/sign-in\?|^[^?:]*\?_rsc=/);
      expect(text).not.toContain(fixture.model);
      expect(text).not.toContain("evil.example");
    }
    for (const [method, path] of [
      ["GET", "/v1/admin/runs"],
      ["POST", `/v1/admin/runs/${id}/cancellation`],
    ] as const)
      expect((await callHttp(baseUrl, method, path, { headers: forged })).status).toBe(401);
    expect(await statusOf(id)).toBe("running");
  });

  test("address of a proxy, claimed by a client: doesn't evade the limit of sign-ins", async () => {
    const { baseUrl, database } = api();
    const { email } = await makePerson(database.owner);
    const attempt = (n: number, password: string) =>
      submitSignIn(
        baseUrl,
        { email, password },
        {
          "Runflow-Address-Of-Proxy": "true",
          "X-Forwarded-For": `203.0.113.${n}`,
          Forwarded: `for=203.0.113.${n}`,
        },
      );
    for (let n = 0; n < 10; n++) expect((await attempt(n, "wrong")).text).toContain("CredentialsSignin");
    expect((await attempt(11, TEST_PASSWORD)).text).toContain("RateLimited");
  });
});
