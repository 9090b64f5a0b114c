import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, test } from "vitest";
import { ADMIN_SCOPE, PERMISSIONS } from "@/lib/states/permissions";
import { type Key, makeKey, makePerson } from "@/test/credentials";
import { makeRun } from "@/test/fixture";
import { useApi } from "@/test/use-api";

const api = useApi();
let admin: Key;
let runId: string;
let createdAt: string;

beforeAll(async () => {
  const { database, fixture, call } = api();
  const { id: ownerId } = await makePerson(database.owner, { role: "admin" });
  admin = await makeKey(database.owner, { ownerId, scopes: [ADMIN_SCOPE, ...PERMISSIONS] });
  runId = await makeRun(database.owner, fixture);
  await database.owner.query("UPDATE runs SET client_ref = $2 WHERE id = $1", [runId, "Mu\u0308ller–17"]);
  const path = `/v1/admin/runs/${runId}/cancellation`;
  const body = JSON.stringify({ reason: "滥用 of Müller’s account, ticket ＃48219" });
  const { json } = await call("POST", path, { headers: admin.headers, body });
  createdAt = (json as { created_at: string }).created_at;
});

const get = async (path: string) => await api().call("GET", path, { headers: admin.headers });
const look = async (text: string) =>
  (await get(`/v1/admin/look-up?${new URLSearchParams({ text })}`)).json as Record<string, unknown>;
const count = async (path: string) => ((await get(path)).json as { items: unknown[] }).items.length;

test.each<[string, (id: string) => string]>([
  [
    "wrapped by a mail gateway",
    (id) => `https://x.example/?url=https%3A%2F%2Fconsole.example%2Fruns%2F${id}`,
  ],
  ["wrapped twice", (id) => `console.example%252Fruns%252F${id}&x=%`],
  ["without hyphens", (id) => id.replaceAll("-", "")],
  ["with dashes", (id) => id.replaceAll("-", "\u2011")],
  ["broken by a mail program", (id) => `> see ${id.slice(0, 13)}\r\n> ${id.slice(13)}`],
  ["with invisible characters", (id) => `\u2060${id.slice(0, 30)}\u00ad${id.slice(30)}\u200b`],
])("look-up: finds a run's id %s", async (_how, spell) => {
  expect(await look(spell(runId))).toEqual({
    kind: "run",
    id: runId,
    q: null,
    ticket: null,
    message: null,
    did_you_mean: [],
  });
});

test.each(["Müller–17", "Müller–17".normalize("NFD")])(
  "client ref: found in either normal form: %j",
  async (text) => {
    const { q } = await look(text);
    expect(await count(`/v1/admin/runs?${new URLSearchParams({ q: String(q) })}`)).toBe(1);
    expect(await count(`/v1/admin/runs?${new URLSearchParams({ q: `client_ref:“${text}”` })}`)).toBe(1);
  },
);

test.each(["滥用", "mu\u0308ller's", "MULLER‘S", "＃48219"])(
  "search: finds a reason by %j",
  async (reason) => {
    expect(await count(`/v1/admin/audit-log?${new URLSearchParams({ reason })}`)).toBe(1);
  },
);

test.each(["48219", "#48219", "＃48219", "#48219\u200b", "#٤٨٢١٩"])("ticket: found: %j", async (ticket) => {
  expect(await count(`/v1/admin/audit-log?${new URLSearchParams({ ticket })}`)).toBe(1);
  expect(await look(ticket)).toMatchObject({ kind: "ticket" });
});

test("look-up of a link without a match: a message about the link", async () => {
  expect(await look("https://shop.example/orders/17")).toMatchObject({
    kind: "nothing",
    message: expect.stringContaining("link") as string,
  });
});

describe("times in a URL with an unencoded +", () => {
  test("valid: filter as intended", async () => {
    expect(createdAt).toMatch(/\+00:00$/);
    for (const name of ["from", "to"]) {
      const given = await get(`/v1/admin/audit-log?${name}=${createdAt}`);
      const encoded = await get(`/v1/admin/audit-log?${name}=${encodeURIComponent(createdAt)}`);
      expect([given.status, given.json]).toEqual([200, encoded.json]);
      expect((await get(`/v1/admin/security-events?${name}=${createdAt}`)).status).toBe(200);
    }
    expect(await count(`/v1/admin/runs?q=created_at>=${createdAt}`)).toBeGreaterThan(0);
    expect(await count(`/v1/admin/runs?q=created_at>${createdAt}%20AND%20id:${runId}`)).toBe(0);
  });

  test.each(["2026-13-01", "yesterday", "2026-04-01T10:30CET"])(
    "invalid: refused, with the valid forms: %s",
    async (text) => {
      for (const path of [`audit-log?from=${text}`, `runs?q=created_at>'${text}'`]) {
        const { status, json } = await get(`/v1/admin/${path}`);
        expect(status).toBe(422);
        expect(JSON.stringify(json)).toContain("write + as %2B");
      }
    },
  );
});

test.each(["\u200b\u200b\u200b", "\u2800\u2800\u2800", "\u202e\u202e\u202e", "\u00ad \u00ad"])(
  "invisible reason or name: refused: %j",
  async (text) => {
    const { call, database, fixture } = api();
    const id = await makeRun(database.owner, fixture);
    const send = (path: string, body: object) =>
      call("POST", path, { headers: admin.headers, body: JSON.stringify(body) });
    expect((await send(`/v1/admin/runs/${id}/cancellation`, { reason: text })).status).toBe(422);
    expect((await send("/v1/admin/views", { name: text, query: "" })).status).toBe(422);
    const person = { email: `${randomUUID()}@x.example`, role: "support", reach: { all: true } };
    expect((await send("/v1/admin/people", { ...person, name: text })).status).toBe(422);
    expect((await send("/v1/admin/people", { ...person, name: "bot \u202eoferif" })).status).toBe(422);
  },
);
