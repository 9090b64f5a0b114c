import { beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import type { Operation } from "@/lib/contract/operation";
import { OPERATIONS } from "@/lib/contract/operations";
import { signProviderEvent } from "@/lib/runs/provider-signature";
import { PERMISSIONS } from "@/lib/states/permissions";
import { callHttp } from "@/test/call-http";
import { type Key, makeKey, makePerson } from "@/test/credentials";
import { makeRun } from "@/test/fixture";
import { readWorld } from "@/test/refusal";
import { TEST_PROVIDER_SECRET } from "@/test/server";
import { type ApiReply, useApi } from "@/test/use-api";
import { FIXTURES, headersOf, type Stage } from "./coverage-fixtures";

const api = useApi();
let stage: Stage;
let admin: Key;
/** Every column of our tables, as SQL and Prisma name it. */
let columns: string[];

beforeAll(async () => {
  const { database, fixture, baseUrl } = api();
  const { id: ownerId } = await makePerson(database.owner, { role: "admin" });
  admin = await makeKey(database.owner, { ownerId, scopes: ["admin", ...PERMISSIONS] });
  const inference = await makeKey(database.owner, {
    ownerId: fixture.customer.person.id,
    orgId: fixture.orgId,
  });
  stage = { database, fixture, baseUrl, admin, inference };
  const { rows } = await database.owner.query<{ name: string }>(
    "SELECT DISTINCT column_name::text AS name FROM information_schema.columns WHERE table_schema = 'public'",
  );
  columns = rows.flatMap(({ name }) => [
    name,
    name.replaceAll(/_(\w)/g, (_all, letter: string) => letter.toUpperCase()),
  ]);
});

type JsonSchema = { $ref?: string; $defs?: Record<string, JsonSchema>; properties?: object } & Partial<
  Record<"anyOf" | "oneOf" | "allOf", JsonSchema[]>
>;

/** The names of a schema's top-level fields, in any of its variants. */
function fieldsOf(schema: z.ZodType, io: "input" | "output"): string[] {
  const root = z.toJSONSchema(schema, { io, unrepresentable: "any" }) as JsonSchema;
  const read = ({ $ref, properties = {}, anyOf = [], oneOf = [], allOf = [] }: JsonSchema): string[] => [
    ...($ref ? read(root.$defs![$ref.replace("#/$defs/", "")]!) : []),
    ...Object.keys(properties),
    ...[...anyOf, ...oneOf, ...allOf].flatMap(read),
  ];
  return read(root);
}

/** What the server decides: all columns and all fields of the answers, except what the body may say. */
function foreignFields({ body, responses }: Operation): string[] {
  const own = new Set(fieldsOf(body!, "input"));
  const answered = Object.values(responses).flatMap((response) => fieldsOf(response.body, "output"));
  return [...new Set([...answered, ...columns])].filter((name) => !own.has(name));
}

/** Requests that would succeed, but for these additional fields: a request for each list of fields. */
async function send({ id, method }: Operation, lists: string[]) {
  const { path, headers = {}, body: given } = await FIXTURES[id]!(stage);
  const own = JSON.stringify(given ?? {}).slice(1, -1);
  const before = await readWorld(api().database.owner);
  const replies: ApiReply[] = [];
  for (const fields of lists) {
    const body = `{${[own, fields].filter(Boolean).join(",")}}`;
    const signed = { "Runflow-Signature": signProviderEvent(TEST_PROVIDER_SECRET, body) };
    const reply = await api().call(method, path, {
      headers: {
        ...headersOf(admin, { headers }),
        "Content-Type": "application/json",
        ...("Runflow-Signature" in headers && signed),
      },
      body,
    });
    replies.push(reply);
  }
  const isUnchanged = JSON.stringify(await readWorld(api().database.owner)) === JSON.stringify(before);
  return { replies, isUnchanged };
}

const refusedFields = (json: unknown) =>
  (json as { errors: { type: string; loc: string[] }[] }).errors.map(({ type, loc }) => ({ type, loc }));
const forbidden = (name: string) => ({ type: "extra_forbidden", loc: ["body", name] });

const takesBody = OPERATIONS.filter(({ body }) => body !== undefined).map(
  (operation): [string, Operation] => [operation.id, operation],
);

describe("mass assignment: each field that the server decides is refused, and nothing changes", () => {
  /** As many errors as one answer names. */
  const AT_ONCE = 50;

  test.each(takesBody)("%s", async (_id, operation) => {
    const names = foreignFields(operation);
    expect(names.length).toBeGreaterThan(100);
    const chunks = Array.from({ length: Math.ceil(names.length / AT_ONCE) }, (_, n) =>
      names.slice(n * AT_ONCE, (n + 1) * AT_ONCE),
    );
    const lists = chunks.map((some) => some.map((name) => `"${name}":true`).join());
    const { replies, isUnchanged } = await send(operation, lists);
    for (const [n, reply] of replies.entries()) {
      expect(reply).toMatchObject({ status: 422, json: { code: "VALIDATION_ERROR" } });
      expect(refusedFields(reply.json)).toEqual(chunks[n]!.map(forbidden));
    }
    expect(isUnchanged).toBe(true);
  });

  test("control: the same requests without these fields succeed, and change something", async () => {
    const unchanged: string[] = [];
    for (const [, operation] of takesBody) {
      const { replies, isUnchanged } = await send(operation, [""]);
      expect([operation.id, replies[0]!.status < 300]).toEqual([operation.id, true]);
      unchanged.push(...(isUnchanged ? [operation.id] : []));
    }
    // One changes only the session; the other's response is the whole effect.
    expect(unchanged).toEqual(["stepUp", "challengePasskey"]);
  });
});

describe("prototype pollution", () => {
  const PARTS = ["__proto__", "constructor", "prototype", "toString", "hasOwnProperty", "__defineGetter__"];
  const POLLUTION = '{"reason":"polluted","isAdmitted":true,"prototype":{"reason":"polluted"}}';

  test.each(takesBody)(
    "%s: parts of every object are refused, and nothing changes",
    async (_id, operation) => {
      const fields = PARTS.map((name) => `"${name}":${POLLUTION}`).join();
      const { replies, isUnchanged } = await send(operation, [fields]);
      const reply = replies[0]!;
      expect(reply).toMatchObject({ status: 422, json: { code: "VALIDATION_ERROR" } });
      expect(refusedFields(reply.json)).toEqual(expect.arrayContaining(PARTS.map(forbidden)));
      expect(isUnchanged).toBe(true);
    },
  );

  test("metadata and input: stored and returned as sent, and found by name", async () => {
    const { fixture, inference } = stage;
    const own =
      '{"__proto__":{"reason":"polluted"},"constructor":{"prototype":{"reason":"polluted"}},"toString":"x"}';
    const made = await api().call("POST", `/v1/models/${fixture.model}/runs`, {
      headers: inference.headers,
      body: `{"input":${own},"metadata":${own}}`,
    });
    expect(made.status).toBe(201);
    const { id } = made.json as { id: string };
    const read = await api().call("GET", `/v1/runs/${id}`, inference);
    for (const { text } of [made, read]) expect(text.split(own)).toHaveLength(3);
    const find = async (q: string) => {
      const { json } = await api().call("GET", `/v1/runs?${new URLSearchParams({ q })}`, inference);
      return (json as { items: { id: string }[] }).items.map((run) => run.id);
    };
    expect(await find("metadata.toString:x")).toEqual([id]);
    expect(await find("metadata.toString:y")).toEqual([]);
    expect(await find(`id:${id} AND metadata.valueOf:null`)).toEqual([id]);
  });

  const reads = OPERATIONS.filter(
    ({ method, query, responses }) =>
      method === "GET" && query && responses[200]?.mediaType !== "text/event-stream",
  );
  test.each(reads.map((operation): [string, Operation] => [operation.id, operation]))(
    "%s: refused as query parameters",
    async (id) => {
      const { path, headers: own = {} } = await FIXTURES[id]!(stage);
      const headers = headersOf(admin, { headers: own });
      const ask = async (query: string) =>
        (
          await callHttp(api().baseUrl, "GET", `${path}${path.includes("?") ? "&" : "?"}${query}`, {
            headers,
          })
        ).status;
      for (const name of [...PARTS, "__proto__[limit]", "constructor.prototype.limit"]) {
        // Next drops this one before the route.
        const expected = name === "__proto__" ? [200, 422] : [422];
        expect([name, expected.includes(await ask(`${encodeURIComponent(name)}=polluted`))]).toEqual([
          name,
          true,
        ]);
      }
    },
  );

  test.each(PARTS)("%s as a field, an order, an id or a key: no match, never a fault", async (name) => {
    const queries = [`q=${name}:x`, `q=${name}.a:x`, `sort_by=${name}`, `fields=${name}`, `pq=${name}`];
    for (const query of queries)
      expect([query, (await api().call("GET", `/v1/admin/runs?${query}`, admin)).status]).toEqual([
        query,
        422,
      ]);
    for (const path of [
      "/v1/runs/",
      "/v1/admin/keys/",
      "/v1/admin/people/",
      "/v1/webhooks/",
      "/v1/admin/organizations/",
    ])
      expect([path, (await api().call("GET", path + name, admin)).status]).toEqual([path, 404]);
    expect((await api().call("GET", `/v1/admin/audit-log?action=${name}`, admin)).status).toBe(422);
  });

  test("afterwards: a cancel without a reason has none, and a key without the scope is no admin", async () => {
    const { database, fixture } = stage;
    const path = `/v1/admin/runs/${await makeRun(database.owner, fixture)}/cancellation`;
    const { requestId, status } = await api().call("POST", path, { headers: admin.headers, body: "{}" });
    expect(status).toBe(201);
    const { rows } = await database.owner.query(
      "SELECT meta ->> 'reason' AS reason FROM audit_entries WHERE request_id = $1",
      [requestId],
    );
    expect(rows).toEqual([{ reason: null }]);
    expect((await api().call("POST", path, stage.inference)).status).toBe(401);
  });
});
