import { describe, expect, test } from "vitest";
import type { ApiKey } from "@/lib/contract/keys";
import { generateKey } from "@/lib/identity/key";
import { type Key, makeKey, makePerson, signIn } from "@/test/credentials";
import { readWorld } from "@/test/refusal";
import { useApi } from "@/test/use-api";

const api = useApi({ TRUSTED_PROXIES: "1" });
const PATH = "/v1/leaked-keys";
const SOURCE = "https://github.example/acme/app/blob/main/.env";

let next = 1;
/** Each test reports from its own address. */
const report = (body: unknown, address = `203.0.113.${next++}`, headers: Record<string, string> = {}) =>
  api().call("POST", PATH, {
    headers: { "Content-Type": "application/json", "X-Forwarded-For": address, ...headers },
    body: typeof body === "string" ? body : JSON.stringify(body),
  });
const customerKey = () => {
  const { database, fixture } = api();
  return makeKey(database.owner, { ownerId: fixture.customer.person.id, orgId: fixture.orgId });
};
const statusOf = async ({ headers }: Key) => (await api().call("GET", "/v1/auth/me", { headers })).status;

test("anyone reports a key: it stops working at once, and every answer is the same", async () => {
  const { database, call, server } = api();
  const key = await customerKey();
  expect(await statusOf(key)).toBe(200);
  const reported = await report({ key: key.text, source_url: SOURCE }, "203.0.113.200");
  expect(reported).toMatchObject({ status: 202, json: { status: "received" } });
  expect(await statusOf(key)).toBe(401);
  const others = [
    await report({ key: key.text }),
    await report({ key: generateKey("inference"), source_url: null }),
    await report({ key: generateKey("service") }),
  ];
  for (const { status, text } of others)
    expect({ status, text }).toEqual({ status: 202, text: reported.text });

  const { id: ownerId } = await makePerson(database.owner, { role: "admin" });
  const admin = await makeKey(database.owner, { ownerId, scopes: ["admin"] });
  const read = (await call("GET", `/v1/admin/keys/${key.id}`, admin)).json as ApiKey;
  expect(read).toMatchObject({ state: "revoked", leak: { source_url: SOURCE } });
  const log = await call("GET", `/v1/admin/audit-log?target_id=${key.id}`, admin);
  expect(log.json).toMatchObject({
    items: [
      {
        action: "key.revoked",
        actor: { type: "system" },
        context: { ip: "203.0.113.200", request_id: reported.requestId },
        meta: { reason: "Reported as leaked", source_url: SOURCE },
      },
    ],
  });
  // Neither the log nor the database has the key.
  const secret = key.text.slice(12);
  expect(server.output()).not.toContain(secret);
  expect(JSON.stringify(await readWorld(database.owner))).not.toContain(secret);
  const { rows } = await database.owner.query<{ text: string }>(
    "SELECT to_jsonb(e)::text AS text FROM security_events e",
  );
  expect(rows.map(({ text }) => text).join()).not.toContain(secret);
});

describe("bad input: a clear error, and nothing changes", () => {
  test.each<[string, (key: Key) => unknown, number, string | null, (string | number)[]]>([
    ["no body", () => "", 422, null, ["body"]],
    ["no key", () => ({}), 422, "missing", ["body", "key"]],
    ["part of a key", ({ text }) => ({ key: text.slice(0, -1) }), 422, "not_a_key", ["body", "key"]],
    ["a mistyped key", ({ text }) => ({ key: `${text.slice(0, -1)}~` }), 422, "not_a_key", ["body", "key"]],
    ["a list", ({ text }) => ({ key: [text] }), 422, "string_type", ["body", "key"]],
    ["no URL", ({ text }) => ({ key: text, source_url: "github" }), 422, null, ["body", "source_url"]],
    [
      "a URL of another scheme",
      ({ text }) => ({ key: text, source_url: "javascript:alert(1)" }),
      422,
      null,
      ["body", "source_url"],
    ],
    [
      "a URL that is too long",
      ({ text }) => ({ key: text, source_url: `https://a.example/${"x".repeat(2_000)}` }),
      422,
      "string_too_long",
      ["body", "source_url"],
    ],
    [
      "a URL with the key",
      ({ text }) => ({ key: text, source_url: `https://a.example/?key=${text}` }),
      422,
      "value_error",
      ["body", "source_url"],
    ],
    ["an unknown field", ({ text }) => ({ key: text, url: SOURCE }), 422, "extra_forbidden", ["body", "url"]],
  ])("%s", async (_name, bodyOf, status, type, loc) => {
    const key = await customerKey();
    const reply = await report(bodyOf(key));
    expect(reply.status).toBe(status);
    const { errors } = reply.json as { errors: { type: string; loc: unknown[] }[] };
    expect(errors[0]).toMatchObject({ loc, ...(type && { type }) });
    expect(reply.text).not.toContain(key.text);
    expect(await statusOf(key)).toBe(200);
  });

  test("a form or another site's page can't send it; the console's own may", async () => {
    const { baseUrl } = api();
    const key = await customerKey();
    const form = await report(`key=${key.text}`, undefined, {
      "Content-Type": "application/x-www-form-urlencoded",
    });
    expect(form.status).toBe(415);
    const elsewhere = { Origin: "https://elsewhere.example", "Sec-Fetch-Site": "cross-site" };
    expect(await report({ key: key.text }, undefined, elsewhere)).toMatchObject({
      status: 403,
      json: { errors: [{ type: "cross_origin_request" }] },
    });
    expect(await statusOf(key)).toBe(200);
    const own = { Origin: baseUrl, "Sec-Fetch-Site": "same-origin" };
    expect((await report({ key: key.text }, undefined, own)).status).toBe(202);
    expect(await statusOf(key)).toBe(401);
  });

  test("the key in the query: refused", async () => {
    const key = await customerKey();
    const reply = await api().call("POST", `${PATH}?key=${key.text}`, {
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ key: key.text }),
    });
    expect(reply.status).toBe(422);
    expect(await statusOf(key)).toBe(200);
  });
});

test("many reports from one address: rate-limited there, for real keys alike, and nowhere else", async () => {
  const address = "198.51.100.9";
  const key = await customerKey();
  for (let n = 0; n < 60; n++)
    expect((await report({ key: generateKey("inference") }, address)).status).toBe(202);
  for (const text of [generateKey("inference"), key.text]) {
    const blocked = await report({ key: text }, address);
    expect(blocked).toMatchObject({ status: 429, json: { code: "RATE_LIMITED" } });
    expect(Number(blocked.headers["retry-after"])).toBeGreaterThan(0);
  }
  expect(await statusOf(key)).toBe(200);
  expect((await report({ key: key.text }, "198.51.100.10")).status).toBe(202);
  expect(await statusOf(key)).toBe(401);
});

test("session in the browser: irrelevant, the key alone decides", async () => {
  const { baseUrl, database } = api();
  const session = await signIn(baseUrl, await makePerson(database.owner));
  const key = await customerKey();
  expect((await report({ key: key.text }, undefined, { ...session })).status).toBe(202);
  expect(await statusOf(key)).toBe(401);
});
