import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, test } from "vitest";
import { RUN_FIELDS } from "@/lib/contract/runs";
import { isTerminal, RUN_STATUSES } from "@/lib/states/run";
import { type Key, makeKey, makePerson, signIn } from "@/test/credentials";
import { makeRun } from "@/test/fixture";
import { expectRefusal } from "@/test/refusal";
import { useApi } from "@/test/use-api";

const api = useApi();
let inference: Key;
let admin: Key;
let oneOrg: Key;
/** Runs of the first organization, oldest first, and one of the other. */
let runs: string[];
let foreign: string;

type Page = {
  items: Record<string, unknown>[];
  first: string | null;
  next: string | null;
  previous: string | null;
};

beforeAll(async () => {
  const { database, fixture, otherScene } = api();
  const { owner } = database;
  const staff = await makePerson(owner);
  inference = await makeKey(owner, { ownerId: fixture.customer.person.id, orgId: fixture.orgId });
  admin = await makeKey(owner, { ownerId: staff.id });
  oneOrg = await makeKey(owner, { ownerId: staff.id, orgIds: [fixture.orgId] });
  runs = [];
  for (const [index, status] of RUN_STATUSES.entries()) {
    runs.push(await makeRun(owner, fixture, { status, ageMs: 60_000 - index * 1_000 }));
  }
  foreign = await makeRun(owner, otherScene, { ageMs: 500 });
});

const idsOf = ({ json }: { json: unknown }) => (json as Page).items.map(({ id }) => id);
const newestFirst = () => runs.toReversed();
const withQuery = (path: string, query: Record<string, string>) => `${path}?${new URLSearchParams(query)}`;

describe("one run", () => {
  test("the whole object, identical to the cancellation's answer", async () => {
    const { database, fixture, call } = api();
    const id = await makeRun(database.owner, fixture, { ageMs: 100 });
    const cancelled = await call("POST", `/v1/admin/runs/${id}/cancellation`, admin);
    const read = await call("GET", `/v1/runs/${id}`, inference);
    expect(read.status).toBe(200);
    expect(read.text).toBe(cancelled.text);
    expect(Object.keys(read.json as object).sort()).toEqual([...RUN_FIELDS].sort());
    expect((await call("GET", `/v1/runs/${id.toUpperCase()}`, inference)).text).toBe(read.text);
    await database.owner.query("UPDATE runs SET created_at = created_at WHERE id = $1", [id]);
    runs.push(id);
  });

  test("missing: the same bytes as out of reach, and no trace", async () => {
    const texts = new Set<string>();
    for (const id of [foreign, randomUUID(), "x", "%00", "%E0%A4%A"]) {
      const missing = { status: 404, code: "RUN_NOT_FOUND", error: null };
      const { text } = await expectRefusal(
        api(),
        { method: "GET", path: `/v1/runs/${id}`, ...inference },
        missing,
      );
      texts.add(text);
    }
    expect(texts.size).toBe(1);
    expect(await api().call("GET", `/v1/runs/${foreign}`, admin)).toMatchObject({ status: 200 });
    expect(await api().call("GET", `/v1/runs/${foreign}`, oneOrg)).toMatchObject({ status: 404 });
  });

  test("staff in reach: allowed; a key without the scope: refused", async () => {
    const { database, baseUrl, fixture, otherScene, call } = api();
    const person = await makePerson(database.owner, { role: "auditor", orgIds: [otherScene.orgId] });
    const headers = { ...(await signIn(baseUrl, person)) };
    expect(await call("GET", `/v1/runs/${foreign}`, { headers })).toMatchObject({ status: 200 });
    expect(await call("GET", `/v1/runs/${runs[0]}`, { headers })).toMatchObject({ status: 404 });
    const narrowed = { ...headers, "X-Organization-Id": fixture.orgId };
    expect(await call("GET", `/v1/runs/${foreign}`, { headers: narrowed })).toMatchObject({
      status: 403,
      json: { code: "ORGANIZATION_MEMBERSHIP_REQUIRED" },
    });
    const blind = await makeKey(database.owner, { ownerId: person.id, scopes: ["admin", "runs.cancel"] });
    expect(await call("GET", `/v1/runs/${foreign}`, blind)).toMatchObject({ status: 403 });
  });
});

test("statuses: in life cycle order", async () => {
  const { json } = await api().call("GET", "/v1/runs/statuses", inference);
  expect(json).toEqual(RUN_STATUSES.map((code) => ({ code, is_terminal: isTerminal(code) })));
  expect(await api().call("GET", "/v1/runs/statuses")).toMatchObject({ status: 401 });
});

describe("list of runs", () => {
  test("the caller's runs, newest first", async () => {
    const { call, otherScene } = api();
    expect(idsOf(await call("GET", "/v1/runs", inference))).toEqual(newestFirst());
    expect(idsOf(await call("GET", "/v1/admin/runs", oneOrg))).toEqual(newestFirst());
    const all = idsOf(await call("GET", "/v1/admin/runs", admin));
    expect(all).toContain(foreign);
    expect(all).toHaveLength(runs.length + 1);
    const headers = { ...admin.headers, "X-Organization-Id": otherScene.orgId };
    expect(idsOf(await call("GET", "/v1/admin/runs", { headers }))).toEqual([foreign]);
  });

  test("all organizations: refused for customers", async () => {
    const unauthorized = { status: 401, code: "UNAUTHORIZED", error: null, actorId: inference.id };
    await expectRefusal(api(), { method: "GET", path: "/v1/admin/runs", ...inference }, unauthorized);
  });

  test("pages forward and back: each run once", async () => {
    const { call } = api();
    const page = async (query: Record<string, string>) =>
      (await call("GET", withQuery("/v1/runs", { limit: "3", ...query }), inference)).json as Page;
    const pages = [await page({})];
    while (pages.at(-1)!.next) pages.push(await page({ pq: pages.at(-1)!.next! }));
    const ids = pages.flatMap(({ items }) => items.map(({ id }) => id));
    expect(ids).toEqual(newestFirst());
    expect(pages[0]!.previous).toBeNull();
    const last = pages.at(-1)!;
    const back = await page({ pq: last.previous!, from_prev: "true" });
    expect(back.items).toEqual(pages.at(-2)!.items);
    expect((await page({ pq: last.first! })).items).toEqual(pages[0]!.items);
  });

  test("filter, sort and fields: applied", async () => {
    const { call } = api();
    const ask = (query: Record<string, string>) => call("GET", withQuery("/v1/runs", query), inference);
    expect(idsOf(await ask({ q: "status_code:running" }))).toEqual([runs[2]]);
    const spellings = await Promise.all(
      ["canceled", "cancelled"].map(async (word) => idsOf(await ask({ q: `status_code:${word}` }))),
    );
    expect(spellings[0]).toContain(runs[6]);
    expect(spellings[1]).toEqual(spellings[0]);
    expect(idsOf(await ask({ sort_by: "created_at:asc" }))).toEqual(runs);
    const projected = (await ask({ fields: "status_code,model", q: `id:'${runs[0]}'` })).json as Page;
    expect(projected.items).toEqual([{ id: runs[0], status_code: "queued", model: api().fixture.model }]);
    expect(idsOf(await ask({ q: `id:${foreign}` }))).toEqual([]);
  });

  test.each<[string, Record<string, string>]>([
    ["limit", { limit: "0" }],
    ["limit", { limit: "501" }],
    ["limit", { limit: "many" }],
    ["limit", { limit: "" }],
    ["sort_by", { sort_by: "input" }],
    ["fields", { fields: "id,secret" }],
    ["pq", { pq: "nonsense" }],
    ["q", { q: "status_code:" }],
    ["q", { q: "status_code:walking" }],
    ["q", { q: "password:x" }],
    ["page", { page: "2" }],
  ])("invalid %s: 422 names it: %j", async (name, query) => {
    for (const path of ["/v1/runs", "/v1/admin/runs"]) {
      const error = { loc: ["query", name] };
      const wrong = { status: 422, code: "VALIDATION_ERROR", error };
      const request = { method: "GET", path: withQuery(path, query), ...admin };
      await expectRefusal(api(), request, path === "/v1/runs" ? wrong : { ...wrong, actorId: admin.id });
    }
  });

  test("duplicate parameter: refused", async () => {
    const { status, json } = await api().call("GET", "/v1/runs?limit=1&limit=2", inference);
    expect(status).toBe(422);
    expect(json).toMatchObject({ errors: [{ type: "repeated", loc: ["query", "limit"] }] });
  });

  test("cursor altered or from another list: refused", async () => {
    const { call } = api();
    const { next } = (await call("GET", "/v1/runs?limit=2", inference)).json as Page;
    const changed = next!.replace(/.$/, (last) => (last === "A" ? "B" : "A"));
    const queries: Record<string, string>[] = [
      { pq: changed },
      { pq: next!, q: "status_code:running" },
      { pq: next!, sort_by: "created_at:asc" },
      { pq: next!.slice(0, -4) },
    ];
    for (const query of queries) {
      const reply = await call("GET", withQuery("/v1/runs", query), inference);
      expect(reply).toMatchObject({ status: 422, json: { errors: [{ loc: ["query", "pq"] }] } });
    }
  });
});
