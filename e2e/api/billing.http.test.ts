import { expect, test } from "vitest";
import { makeKey, makePerson } from "@/test/credentials";
import { expectRefusal } from "@/test/refusal";
import { useApi } from "@/test/use-api";

const api = useApi();

test("balance: a customer reads its own, staff name one, and at zero no run is created", async () => {
  const { call, database, fixture, otherScene } = api();
  const { owner } = database;
  const { headers } = await makeKey(owner, { ownerId: fixture.customer.person.id, orgId: fixture.orgId });
  const path = "/v1/billing/balance";
  const balance = { org_id: fixture.orgId, balance: "1000", currency: "USD", low_below: "10", is_low: false };
  expect((await call("GET", path, { headers })).json).toMatchObject(balance);
  const staff = await makePerson(owner, { role: "admin" });
  const service = (await makeKey(owner, { ownerId: staff.id, scopes: ["admin", "billing.read"] })).headers;
  const loc = ["header", "x-organization-id"];
  const request = { method: "GET", path, headers: service };
  await expectRefusal(api(), request, { status: 422, code: "VALIDATION_ERROR", error: { loc } });
  const named = { ...service, "X-Organization-Id": otherScene.orgId };
  expect((await call("GET", path, { headers: named })).json).toMatchObject({ org_id: otherScene.orgId });

  const run = { path: `/v1/models/${fixture.model}/runs`, headers, body: '{"input":{}}' };
  const { json } = await call("POST", run.path, run);
  await owner.query(
    "INSERT INTO ledger_entries (org_id, kind, amount, run_id) VALUES ($1, 'charge', -1000.5, $2)",
    [fixture.orgId, (json as { id: string }).id],
  );
  expect((await call("GET", path, { headers })).json).toMatchObject({ balance: "-0.5", is_low: true });
  await expectRefusal(api(), run, { status: 402, code: "INSUFFICIENT_CREDIT", error: null });
  const unknown = { ...run, path: "/v1/models/nobody/nothing/runs" };
  await expectRefusal(api(), unknown, { status: 404, code: "MODEL_NOT_FOUND" });
});
