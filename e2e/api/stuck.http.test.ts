import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, test } from "vitest";
import type { Model, StuckCount, StuckRuns } from "@/lib/contract/models";
import { ALL_SCOPES, makeKey, makePerson, type Person, signIn } from "@/test/credentials";
import { makeRun } from "@/test/fixture";
import { expectRefusal, readWorld } from "@/test/refusal";
import { useApi } from "@/test/use-api";

const api = useApi();
type Headers = Record<string, string>;
let admin: Person & { headers: Headers };
let support: Person & { headers: Headers };

beforeAll(async () => {
  const { database, baseUrl } = api();
  const withSession = async (role: "admin" | "support") => {
    const person = await makePerson(database.owner, { role });
    return { ...person, headers: { ...(await signIn(baseUrl, person)) } };
  };
  [admin, support] = [await withSession("admin"), await withSession("support")];
});

const read = async <T>(path: string, headers: Headers = support.headers): Promise<T> => {
  const reply = await api().call("GET", path, { headers });
  expect(reply.status).toBe(200);
  return reply.json as T;
};
const set = (stuck_factor: unknown, headers: Headers = admin.headers, id = api().fixture.modelId) =>
  api().call("PATCH", `/v1/admin/models/${id}`, { headers, body: JSON.stringify({ stuck_factor }) });

describe("stuck runs", () => {
  test("listed and counted, worst first, filtered by customer, model and reach", async () => {
    const { database, fixture, otherScene } = api();
    const sql = database.owner;
    await makeRun(sql, fixture, { ageMs: 110_000 });
    const [three, five] = [
      await makeRun(sql, fixture, { ageMs: 190_000 }),
      await makeRun(sql, otherScene, { ageMs: 310_000, status: "queued" }),
    ];
    const ids = async (path: string, headers?: Headers) =>
      (await read<StuckRuns>(path, headers)).items.map(({ id }) => id);
    expect(await ids("/v1/admin/runs/stuck")).toEqual([five, three]);
    expect(await ids("/v1/admin/runs/stuck?limit=1")).toEqual([five]);
    expect(await ids(`/v1/admin/runs/stuck?model=${encodeURIComponent(fixture.model)}`)).toEqual([three]);
    const named = { ...support.headers, "X-Organization-Id": fixture.orgId };
    expect(await ids("/v1/admin/runs/stuck", named)).toEqual([three]);
    expect(await read<StuckCount>("/v1/admin/runs/stuck/count")).toEqual({ count: 2, has_more: false });
    const key = await makeKey(sql, { ownerId: support.id, orgIds: [fixture.orgId] });
    expect(await ids("/v1/admin/runs/stuck", key.headers)).toEqual([three]);
    expect(await read<StuckCount>("/v1/admin/runs/stuck/count", key.headers)).toMatchObject({ count: 1 });
  });

  test.each([
    ["?limit=501", "limit"],
    ["?limit=0", "limit"],
    ["?modle=a", "modle"],
  ])("%s: refused", async (query, field) => {
    const reply = await api().call("GET", `/v1/admin/runs/stuck${query}`, { headers: support.headers });
    expect(reply).toMatchObject({
      status: 422,
      json: { code: "VALIDATION_ERROR", errors: [{ loc: ["query", field] }] },
    });
  });

  test.each(["/v1/admin/runs/stuck", "/v1/admin/runs/stuck/count", "/v1/admin/models"])(
    "%s: closed to customers and to keys without the scope",
    async (path) => {
      const { database, fixture } = api();
      const { id: ownerId } = support;
      const customer = await makeKey(database.owner, {
        ownerId: fixture.customer.person.id,
        orgId: fixture.orgId,
      });
      const narrow = await makeKey(database.owner, { ownerId, scopes: ["admin", "audit.read"] });
      expect(await api().call("GET", path, { headers: customer.headers })).toMatchObject({ status: 401 });
      expect(await api().call("GET", path, { headers: narrow.headers })).toMatchObject({ status: 403 });
      expect(await api().call("GET", path)).toMatchObject({ status: 401 });
    },
  );
});

describe("model threshold", () => {
  const entries = async () =>
    (
      await api().database.owner.query<Record<string, unknown>>(
        "SELECT action, actor_id, org_id, target_label, meta FROM audit_entries WHERE target_id = $1 ORDER BY id",
        [api().fixture.modelId],
      )
    ).rows;

  test("change: one audit entry, immediate effect; the same value again changes nothing", async () => {
    const { fixture } = api();
    const stuck = async () =>
      (await read<StuckRuns>(`/v1/admin/runs/stuck?model=${encodeURIComponent(fixture.model)}`)).items.length;
    expect(await stuck()).toBe(1);
    const reply = await set(3.5);
    expect(reply.status).toBe(200);
    expect(reply.json).toEqual({
      id: fixture.modelId,
      slug: fixture.model,
      kind: "image-to-image",
      envelope: {
        source: "published",
        p50_ms: 8_000,
        p95_ms: 60_000,
        p99_ms: null,
        samples: 0,
        computed_at: null,
      },
      stuck_factor: 3.5,
      stuck_after_ms: 210_000,
    });
    expect(await stuck()).toBe(0);
    const { items } = await read<{ items: Model[] }>("/v1/admin/models");
    expect(items).toContainEqual(reply.json);
    const entry = {
      action: "model.updated",
      actor_id: admin.id,
      org_id: "00000000-0000-0000-0000-000000000000",
      target_label: fixture.model,
      meta: { reason: null, ticket: null, changes: { stuck_factor: [2, 3.5] } },
    };
    expect(await entries()).toEqual([entry]);
    const before = await readWorld(api().database.owner);
    expect((await set(3.5)).json).toEqual(reply.json);
    expect(await readWorld(api().database.owner)).toEqual(before);
    const log = await read<{ items: { action: string }[] }>("/v1/admin/audit-log?action=model.updated");
    expect(log.items).toHaveLength(1);
  });

  test("service key with the scope: may change it", async () => {
    const { database } = api();
    const scopes = [...ALL_SCOPES, "models.manage"];
    const key = await makeKey(database.owner, { ownerId: admin.id, scopes });
    expect((await set(2, key.headers)).json).toMatchObject({ stuck_factor: 2, stuck_after_ms: 120_000 });
    expect(await entries()).toHaveLength(2);
  });

  test("concurrent changes: one entry each", async () => {
    const before = (await entries()).length;
    await Promise.all([4, 5, 6, 7].map((factor) => set(factor)));
    const written = (await entries()).slice(before) as { meta: { changes: { stuck_factor: number[] } } }[];
    const changes = written.map(({ meta }) => meta.changes.stuck_factor);
    expect(changes.map(([, after]) => after).sort()).toEqual([4, 5, 6, 7]);
    for (const [index, [from]] of changes.entries()) {
      if (index > 0) expect(from).toBe(changes[index - 1]![1]);
    }
  });

  test.each([
    ["0.9", { stuck_factor: 0.9 }, ["body", "stuck_factor"]],
    ["100.1", { stuck_factor: 100.1 }, ["body", "stuck_factor"]],
    ["2.55", { stuck_factor: 2.55 }, ["body", "stuck_factor"]],
    ["a text", { stuck_factor: "2" }, ["body", "stuck_factor"]],
    ["nothing", {}, ["body", "stuck_factor"]],
    ["another field", { stuck_factor: 2, p95_ms: 1 }, ["body", "p95_ms"]],
  ])("%s: refused", async (_name, body, loc) => {
    await expectRefusal(
      api(),
      {
        method: "PATCH",
        path: `/v1/admin/models/${api().fixture.modelId}`,
        headers: admin.headers,
        body: JSON.stringify(body),
      },
      { status: 422, code: "VALIDATION_ERROR", error: { loc }, actorId: admin.id },
    );
  });

  test.each([["no-uuid"], [randomUUID()]])("unknown model (%s): 404", async (id) => {
    await expectRefusal(
      api(),
      {
        method: "PATCH",
        path: `/v1/admin/models/${id}`,
        headers: admin.headers,
        body: '{"stuck_factor":2}',
      },
      { status: 404, code: "MODEL_NOT_FOUND", error: null, actorId: admin.id },
    );
  });

  test("support, and admins with limited reach: refused", async () => {
    const { database, baseUrl, fixture } = api();
    const limited = await makePerson(database.owner, { role: "admin", orgIds: [fixture.orgId] });
    const request = {
      method: "PATCH",
      path: `/v1/admin/models/${fixture.modelId}`,
      body: '{"stuck_factor":9}',
    };
    for (const [person, headers, error] of [
      [support, support.headers, { type: "permission_required" }],
      [limited, { ...(await signIn(baseUrl, limited)) }, null],
    ] as const) {
      await expectRefusal(
        api(),
        { ...request, headers },
        { status: 403, code: "PERMISSION_DENIED", error, actorId: person.id },
      );
    }
  });
});
