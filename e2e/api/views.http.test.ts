import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, test } from "vitest";
import type { SavedView } from "@/lib/contract/views";
import { makeKey, makePerson, signIn } from "@/test/credentials";
import { makeRun } from "@/test/fixture";
import { expectRefusal } from "@/test/refusal";
import { useApi } from "@/test/use-api";

const api = useApi();
const PATH = "/v1/admin/views";
type Person = { id: string; headers: Record<string, string> };
let [ada, ben, admin]: Person[] = [];

beforeAll(async () => {
  const { database, baseUrl } = api();
  const withSession = async (role: "admin" | "support" | "auditor") => {
    const person = await makePerson(database.owner, { role });
    return { id: person.id, headers: { ...(await signIn(baseUrl, person)), Origin: baseUrl } };
  };
  [ada, ben, admin] = [
    await withSession("support"),
    await withSession("auditor"),
    await withSession("admin"),
  ];
});

const save = (headers: Person["headers"], body: object) =>
  api().call("POST", PATH, { headers, body: JSON.stringify(body) });
async function saved(headers: Person["headers"], body: object): Promise<SavedView> {
  const reply = await save(headers, { name: randomUUID().slice(0, 20), query: "status=running", ...body });
  expect(reply.status).toBe(201);
  return reply.json as SavedView;
}
const listFor = async (headers: Person["headers"]) =>
  ((await api().call("GET", PATH, { headers })).json as { items: SavedView[] }).items;

test("view: saved, listed, changed, counted and deleted", async () => {
  const { call, database, fixture } = api();
  await makeRun(database.owner, fixture);
  const made = await saved(ada!.headers, {
    name: "  Running ",
    query: `density=compact&q=${encodeURIComponent(`model:'${fixture.model}'`)}&sort=created_at:desc`,
  });
  expect(made).toMatchObject({
    name: "Running",
    scope: "own",
    owner: { id: ada!.id },
    is_changeable: true,
    query: `q=model%3A%27${encodeURIComponent(fixture.model)}%27&density=compact`,
  });
  expect(await listFor(ada!.headers)).toContainEqual(made);
  expect(await listFor(ben!.headers)).not.toContainEqual(expect.objectContaining({ id: made.id }));
  const count = await call("GET", `${PATH}/${made.id}/count`, { headers: ada!.headers });
  expect(count.json).toEqual({ count: 1, is_more: false });

  const path = `${PATH}/${made.id}`;
  const body = JSON.stringify({ scope: "team", name: "Ours" });
  const changed = (await call("PATCH", path, { headers: ada!.headers, body })).json as SavedView;
  expect(changed).toMatchObject({ name: "Ours", scope: "team", query: made.query });
  expect(await listFor(ben!.headers)).toContainEqual({ ...changed, is_changeable: false });
  expect((await call("DELETE", path, { headers: admin!.headers })).status).toBe(200);
  await expectRefusal(
    api(),
    { method: "DELETE", path, headers: ada!.headers },
    { status: 404, code: "VIEW_NOT_FOUND", actorId: ada!.id },
  );
});

test("view of a key with runs.read: saved for its owner; other keys are refused", async () => {
  const { database, fixture } = api();
  const key = await makeKey(database.owner, { ownerId: ada!.id, scopes: ["admin", "runs.read"] });
  const view = await saved(key.headers, {});
  expect(view.owner.id).toBe(ada!.id);
  expect(await listFor(ada!.headers)).toContainEqual(view);
  const blind = await makeKey(database.owner, { ownerId: ada!.id, scopes: ["admin", "audit.read"] });
  await expectRefusal(
    api(),
    { method: "GET", path: PATH, headers: blind.headers },
    { status: 403, code: "PERMISSION_DENIED", actorId: blind.id },
  );
  const customer = await makeKey(database.owner, {
    ownerId: fixture.customer.person.id,
    orgId: fixture.orgId,
  });
  const reply = await api().call("GET", PATH, { headers: customer.headers });
  expect(reply).toMatchObject({ status: 401, json: { code: "UNAUTHORIZED" } });
});

test("view of another person or a team, or a request from another site: can't be changed", async () => {
  const own = await saved(ada!.headers, {});
  const team = await saved(ada!.headers, { scope: "team" });
  for (const method of ["PATCH", "DELETE"]) {
    const refuse = (view: SavedView, person: Person, status: number, code: string) =>
      expectRefusal(
        api(),
        { method, path: `${PATH}/${view.id}`, headers: person.headers, body: '{"name":"x"}' },
        { status, code, actorId: person.id },
      );
    await refuse(own, ben!, 404, "VIEW_NOT_FOUND");
    await refuse(own, admin!, 404, "VIEW_NOT_FOUND");
    await refuse(team, ben!, 403, "PERMISSION_DENIED");
    const abroad = { ...ada!, headers: { ...ada!.headers, Origin: "https://evil.example" } };
    await refuse(own, abroad, 403, "PERMISSION_DENIED");
  }
  const path = `${PATH}/${own.id}/count`;
  const request = { method: "GET", path, headers: ben!.headers };
  await expectRefusal(api(), request, { status: 404, code: "VIEW_NOT_FOUND", actorId: ben!.id });
});

test("concurrent saves under one name: one succeeds", async () => {
  const body = { name: "Race", query: "" };
  const replies = await Promise.all(Array.from({ length: 10 }, () => save(ada!.headers, body)));
  expect(replies.map(({ status }) => status).sort()).toEqual([201, ...Array.from({ length: 9 }, () => 409)]);
  expect(replies.find(({ status }) => status === 409)?.json).toMatchObject({
    code: "CONFLICT",
    errors: [{ type: "view_name_taken" }],
  });
});

describe("view that isn't fully understood: not saved:", () => {
  test.each([
    ["a whole address", "/runs?status=running", "query"],
    ["another page's parameter", "status=running&pq=abc", "query"],
    ["an unknown status", "status=running,dancing", "query"],
    ["an unknown order", "sort=model:asc", "query"],
    ["an unknown column", "columns=model,secret", "query"],
    ["an unknown age", "age=toString", "query"],
    ["a parameter of every object", "__proto__=x", "query"],
    ["a faulty expression", "q=status_code:dancing", "query"],
  ])("%s", async (_name, query, field) => {
    const request = { path: PATH, headers: ada!.headers, body: JSON.stringify({ name: "x", query }) };
    const error = { loc: ["body", field] };
    await expectRefusal(api(), request, { status: 422, code: "VALIDATION_ERROR", error, actorId: ada!.id });
  });

  test.each([
    ["no name", { name: " \u0085" }, ["body", "name"]],
    ["a long name", { name: "x".repeat(61) }, ["body", "name"]],
    ["a name that breaks lines", { name: "a\nb" }, ["body", "name"]],
    ["half a character", { name: "\ud800" }, ["body", "name"]],
    ["another scope", { scope: "world" }, ["body", "scope"]],
    ["an unknown field", { owner: "x" }, ["body", "owner"]],
  ])("%s", async (_name, part, loc) => {
    const body = JSON.stringify({ name: "x", query: "", ...part });
    const request = { path: PATH, headers: ada!.headers, body };
    const error = { loc };
    await expectRefusal(api(), request, { status: 422, code: "VALIDATION_ERROR", error, actorId: ada!.id });
  });
});

test("look-up: answered within the caller's reach", async () => {
  const { call, database, fixture, otherScene } = api();
  const id = await makeRun(database.owner, fixture);
  const ask = async (text: string, headers = ada!.headers) =>
    (await call("GET", `/v1/admin/look-up?${new URLSearchParams({ text })}`, { headers })).json;
  expect(await ask(`see ${id}!`)).toMatchObject({ kind: "run", id, q: null });
  expect(await ask("cost>1")).toMatchObject({ kind: "filter", id: null, q: "cost>1" });
  const near = await makePerson(database.owner, { orgIds: [otherScene.orgId] });
  const theirs = await signIn(api().baseUrl, near);
  const { email, id: creator } = fixture.customer.person;
  await database.owner.query("UPDATE people SET email = $2 WHERE id = $1", [creator, email]);
  expect(await ask(email)).toMatchObject({ q: `created_by:${creator}` });
  expect(await ask(email, theirs)).toMatchObject({ q: `client_ref:'${email}'` });
});
