import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, test } from "vitest";
import type { Run } from "@/lib/contract/runs";
import { type Key, makeKey, makePerson } from "@/test/credentials";
import { PERMISSION_REQUIRED, expectRefusal } from "@/test/refusal";
import { useApi } from "@/test/use-api";

const api = useApi({ ALLOW_PRIVATE_CALLBACKS: "false" });
let inference: Key;
let path: string;

beforeAll(async () => {
  const { database, fixture } = api();
  inference = await makeKey(database.owner, { ownerId: fixture.customer.person.id, orgId: fixture.orgId });
  path = `/v1/models/${fixture.model}/runs`;
});

const create = (body: string, headers: object = {}) =>
  api().call("POST", path, { headers: { ...inference.headers, ...headers }, body });

test("create run: queued, with exactly the sent fields", async () => {
  const { database, fixture } = api();
  const body = `{"input":{"prompt":"a cat","seed":12345678901234567890,"scale":1.0},"metadata":{"order":"A-1"},
    "callback_url":"https://hooks.customer.example/runs","client_ref":"ref-1"}`;
  const reply = await create(body);
  expect(reply.status).toBe(201);
  const run = reply.json as Run;
  expect(reply.headers.location).toBe(`/v1/runs/${run.id}`);
  expect(reply.text).toContain('"seed":12345678901234567890,"scale":1.0');
  expect(run).toMatchObject({
    id: expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/),
    org_id: fixture.orgId,
    model_id: fixture.modelId,
    model: fixture.model,
    target_type: "model",
    source_code: "api",
    status_code: "queued",
    output: null,
    cost: null,
    duration_ms: null,
    client_ref: "ref-1",
    request_id: reply.requestId,
    created_by: fixture.customer.person.id,
    callback_url: "https://hooks.customer.example/runs",
    metadata: { order: "A-1" },
    started_at: null,
    completed_at: null,
  });
  const { rows } = await database.owner.query<{ input: string }>(
    "SELECT input::text FROM runs WHERE id = $1",
    [run.id],
  );
  expect(rows[0]!.input).toBe('{"prompt":"a cat","seed":12345678901234567890,"scale":1.0}');
});

describe("create run refused", () => {
  const invalid = (loc: (string | number)[], type?: string) => ({
    status: 422,
    code: "VALIDATION_ERROR",
    error: { loc, ...(type && { type }) },
  });
  const refs = (value: unknown) => JSON.stringify({ input: {}, client_ref: value });
  const calls = (url: string) => JSON.stringify({ input: {}, callback_url: url });

  test.each<[string, ReturnType<typeof invalid>]>([
    ["{}", invalid(["body", "input"])],
    ["null", invalid(["body"])],
    ['{"input":null}', invalid(["body", "input"])],
    ['{"input":[]}', invalid(["body", "input"])],
    ['{"input":"a cat"}', invalid(["body", "input"])],
    ['{"input":1.0}', invalid(["body", "input"])],
    ['{"input":{},"metadata":[]}', invalid(["body", "metadata"])],
    ['{"input":{},"model":"x"}', invalid(["body", "model"], "extra_forbidden")],
    [refs(""), invalid(["body", "client_ref"])],
    [refs("x".repeat(256)), invalid(["body", "client_ref"])],
    [refs("a\0b"), invalid(["body", "client_ref"])],
    [refs(7), invalid(["body", "client_ref"])],
    [calls("http://hooks.customer.example/"), invalid(["body", "callback_url"])],
    [calls("https://127.0.0.1/"), invalid(["body", "callback_url"])],
    [calls("https://localhost/"), invalid(["body", "callback_url"])],
    [calls("https://[::1]/"), invalid(["body", "callback_url"])],
    [calls("https://10.1.2.3/"), invalid(["body", "callback_url"])],
    [calls("https://169.254.169.254/latest/meta-data/"), invalid(["body", "callback_url"])],
    [calls("https://2130706433/"), invalid(["body", "callback_url"])],
    [calls("ftp://hooks.customer.example/"), invalid(["body", "callback_url"])],
    [calls("hooks.customer.example"), invalid(["body", "callback_url"])],
    [calls(""), invalid(["body", "callback_url"])],
  ])("body %s", async (body, expected) => {
    await expectRefusal(api(), { path, headers: inference.headers, body }, expected);
  });

  test("body missing or not JSON", async () => {
    const { headers } = inference;
    await expectRefusal(api(), { path, headers }, invalid(["body"]));
    await expectRefusal(
      api(),
      { path, headers, body: "{" },
      { status: 400, code: "BAD_REQUEST", error: null },
    );
    const tooLarge = { status: 413, code: "PAYLOAD_TOO_LARGE", error: null };
    await expectRefusal(api(), { path, body: '{"input":{}}'.padEnd(65_537) }, tooLarge);
  });

  test.each([
    "/v1/models/nobody/nothing/runs",
    "/v1/models/a/b/c/d/e/runs",
    "/v1/models/a/%00/runs",
    "/v1/models/a/%20/runs",
  ])("model of %s", async (unknown) => {
    const missing = { status: 404, code: "MODEL_NOT_FOUND", error: null };
    await expectRefusal(api(), { path: unknown, headers: inference.headers, body: '{"input":{}}' }, missing);
  });

  test("slug without its owner, with any method", async () => {
    for (const method of ["POST", "GET"]) {
      const notAllowed = { status: 405, code: "METHOD_NOT_ALLOWED", error: null };
      const request = { method, path: "/v1/models/smart-resize/runs", headers: inference.headers };
      const { headers } = await expectRefusal(api(), request, notAllowed);
      expect(headers).toHaveProperty("allow");
    }
  });

  test("no credential, or one that can't create runs", async () => {
    const { database, fixture } = api();
    const body = '{"input":{}}';
    await expectRefusal(api(), { path, body }, { status: 401, code: "UNAUTHORIZED", error: null });
    const { owner } = database;
    const service = await makeKey(owner, { ownerId: (await makePerson(owner)).id });
    const denied = { status: 403, code: "PERMISSION_DENIED", error: PERMISSION_REQUIRED("runs.create") };
    await expectRefusal(api(), { path, headers: service.headers, body }, denied);
    const revoked = await makeKey(owner, {
      ownerId: fixture.customer.person.id,
      orgId: fixture.orgId,
      isRevoked: true,
    });
    const unauthorized = { status: 401, code: "UNAUTHORIZED", error: null };
    await expectRefusal(api(), { path, headers: revoked.headers, body }, unauthorized);
  });

  test("customer with an unverified email, or that names another organization", async () => {
    const { database, fixture, otherScene } = api();
    const body = '{"input":{}}';
    for (const orgId of [otherScene.orgId, randomUUID()]) {
      const headers = { ...inference.headers, "X-Organization-Id": orgId };
      const outside = { status: 403, code: "ORGANIZATION_MEMBERSHIP_REQUIRED", error: null };
      await expectRefusal(api(), { path, headers, body }, outside);
    }
    await database.owner.query("UPDATE people SET email_verified_at = NULL WHERE id = $1", [
      fixture.customer.person.id,
    ]);
    const unverified = { status: 403, code: "EMAIL_NOT_VERIFIED", error: null };
    await expectRefusal(api(), { path, headers: inference.headers, body }, unverified);
    await database.owner.query("UPDATE people SET email_verified_at = now() WHERE id = $1", [
      fixture.customer.person.id,
    ]);
  });
});
