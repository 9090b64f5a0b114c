import { beforeAll, expect, it, vi } from "vitest";
import type { Env } from "@/lib/platform/env/env";
import { parseJson, stringifyJson } from "@/lib/platform/json/json";
import { useDatabase } from "@/test/database";
import { seedFixture, type Fixture } from "@/test/fixture";
import { createRun } from "./create-run";

vi.mock("@/lib/platform/env/env", () => ({
  env: (): Partial<Env> => ({ ALLOW_PRIVATE_CALLBACKS: false, CALLBACK_PORTS: [443] }),
}));

const database = useDatabase();
let fixture: Fixture;
beforeAll(async () => void (fixture = await seedFixture(database().owner)));

const create = (body: object, model = fixture.model, caller = fixture.customer) =>
  createRun(database().db, caller, {
    model,
    body: { input: {}, ...body },
    context: { ip: "203.0.113.7", requestId: "req_create" },
  });
const countRuns = async () => (await database().owner.query("SELECT FROM runs")).rowCount;

it("create run: queued for the key's organization, created by the key's owner", async () => {
  const input = parseJson('{"seed":12345678901234567890,"scale":1.0,"text":"\\u0000\\ud800é"}') as Record<
    string,
    unknown
  >;
  const run = await create({
    input,
    metadata: { a: [1] },
    client_ref: "order-1",
    callback_url: "https://hooks.example.com/x",
  });
  expect(run).toMatchObject({
    org_id: fixture.orgId,
    model_id: fixture.modelId,
    model: fixture.model,
    source_code: "api",
    status_code: "queued",
    metadata: { a: [1] },
    client_ref: "order-1",
    callback_url: "https://hooks.example.com/x",
    request_id: "req_create",
    created_by: fixture.customer.person.id,
    output: null,
    cost: null,
    started_at: null,
    completed_at: null,
    links: { self: `/v1/runs/${run.id}` },
  });
  const { rows } = await database().owner.query(
    "SELECT input::text, api_key_id, created_ip FROM runs WHERE id = $1",
    [run.id],
  );
  const api_key_id = fixture.customer.credentialId;
  expect(rows).toEqual([{ input: stringifyJson(input), api_key_id, created_ip: "203.0.113.7" }]);
  expect(JSON.stringify(run)).not.toContain("203.0.113.7");
});

it("create run: input alone is enough", async () => {
  expect(await create({})).toMatchObject({ input: {}, metadata: null, client_ref: null, callback_url: null });
});

it.each(["no/such-model", "bare", "a/b\0", "", "a//b", "'; DROP TABLE runs; --/x"])(
  "create run: unknown model %j is refused",
  async (model) => {
    const before = await countRuns();
    await expect(create({}, model)).rejects.toMatchObject({ code: "MODEL_NOT_FOUND" });
    expect(await countRuns()).toBe(before);
  },
);

it("create run: refuses a callback URL that could reach a private network", async () => {
  const before = await countRuns();
  await expect(create({ callback_url: "https://169.254.169.254/" })).rejects.toMatchObject({
    code: "VALIDATION_ERROR",
  });
  expect(await countRuns()).toBe(before);
});

it("create run: only an inference key may, despite any scopes", async () => {
  const service = { ...fixture.support, kind: "service" as const };
  await expect(create({}, fixture.model, service)).rejects.toMatchObject({ code: "PERMISSION_DENIED" });
});
