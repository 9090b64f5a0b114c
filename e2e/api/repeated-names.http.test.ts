import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, test } from "vitest";
import type { Operation } from "@/lib/contract/operation";
import { OPERATIONS } from "@/lib/contract/operations";
import { signProviderEvent } from "@/lib/runs/provider-signature";
import { PERMISSIONS } from "@/lib/states/permissions";
import { type Key, makeKey, makePerson } from "@/test/credentials";
import { makeRun } from "@/test/fixture";
import { readWorld } from "@/test/refusal";
import { TEST_PROVIDER_SECRET } from "@/test/server";
import { useApi } from "@/test/use-api";
import { FIXTURES, headersOf, type Stage } from "./coverage-fixtures";

const api = useApi();
let stage: Stage;
let admin: Key;

beforeAll(async () => {
  const { database, fixture, baseUrl } = api();
  const { id: ownerId } = await makePerson(database.owner, { role: "admin" });
  admin = await makeKey(database.owner, { ownerId, scopes: ["admin", ...PERMISSIONS] });
  const inference = await makeKey(database.owner, {
    ownerId: fixture.customer.person.id,
    orgId: fixture.orgId,
  });
  stage = { database, fixture, baseUrl, admin, inference };
});

async function expectRepeated(path: string, headers: object, body: string, loc: unknown[], method = "POST") {
  const before = await readWorld(api().database.owner);
  const reply = await api().call(method, path, {
    headers: { ...headers, "Content-Type": "application/json" },
    body,
  });
  expect(reply).toMatchObject({
    status: 422,
    json: { code: "VALIDATION_ERROR", errors: [{ type: "repeated", loc }] },
  });
  expect(await readWorld(api().database.owner)).toEqual(before);
}

const takesBody = OPERATIONS.filter(({ body }) => body !== undefined);

describe("duplicate name in the body: refused, and nothing changes", () => {
  test.each(takesBody.map((operation) => [operation.id, operation] as [string, Operation]))(
    "%s",
    async (id, { method }) => {
      const { path, headers = {}, body: given = {} } = await FIXTURES[id]!(stage);
      const names = Object.keys(given);
      const name = names.at(-1) ?? "reason";
      const value = JSON.stringify((given as Record<string, unknown>)[name] ?? null);
      const first = names.length > 0 ? JSON.stringify(given).slice(0, -1) : `{"${name}":${value}`;
      const escaped = `\\u${name.charCodeAt(0).toString(16).padStart(4, "0")}${name.slice(1)}`;
      const body = `${first},"${escaped}":${value}}`;
      const signed = { "Runflow-Signature": signProviderEvent(TEST_PROVIDER_SECRET, body) };
      const all = { ...headersOf(admin, { headers }), ...("Runflow-Signature" in headers && signed) };
      await expectRepeated(path, all, body, ["body", name], method);
    },
  );

  test.each([
    ["input", '{"input":{"image_url":"a"},"input":{}}', ["input"]],
    ["a name within input", '{"input":{"a":[{"b":1,"b":2}]}}', ["input", "a", 0, "b"]],
    ["a name within metadata", '{"input":{},"metadata":{"order":"1","order":"2"}}', ["metadata", "order"]],
  ])("createRun: %s", async (_what, body, loc) => {
    const { fixture, inference } = stage;
    await expectRepeated(`/v1/models/${fixture.model}/runs`, inference.headers, body, ["body", ...loc]);
  });

  test.each([
    ["the charge", '"cost":"0.10","cost":"9.99"', ["cost"]],
    [
      "a name within the output",
      '"output":{"outputs":[{"url":"a","url":"b"}]}',
      ["output", "outputs", 0, "url"],
    ],
  ])("applyProviderEvent: %s", async (_what, fields, loc) => {
    const runId = await makeRun(stage.database.owner, stage.fixture);
    const occurredAt = new Date().toISOString();
    const body = `{"event_id":"${randomUUID()}","status_code":"succeeded","occurred_at":"${occurredAt}",${fields}}`;
    const path = `/v1/provider/runs/${runId}/events`;
    const signature = signProviderEvent(TEST_PROVIDER_SECRET, body);
    await expectRepeated(path, { "Runflow-Signature": signature }, body, ["body", ...loc]);
    const unsigned = await api().call("POST", path, { body });
    expect(unsigned).toMatchObject({ status: 401, json: { errors: null } });
  });
});
