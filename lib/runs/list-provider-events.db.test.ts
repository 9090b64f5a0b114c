import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { getBalance } from "@/lib/billing/get-balance";
import { useDatabase } from "@/test/database";
import { seedFixture } from "@/test/fixture";
import { listProviderEvents } from "./list-provider-events";

const database = useDatabase();

test("list provider events and get balance: money is a decimal string without trailing zeros", async () => {
  const { db, owner } = database();
  const { orgId, modelId, model } = await seedFixture(owner);
  const { rows } = await owner.query<{ id: string }>(
    `INSERT INTO runs (org_id, model_id, model, source_code, input, request_id)
     VALUES ($1, $2, $3, 'api', '{}', 'req_x') RETURNING id`,
    [orgId, modelId, model],
  );
  const runId = rows[0]!.id;
  const costs = [null, "0.350000", "12"];
  for (const [index, cost] of costs.entries())
    await owner.query(
      `INSERT INTO provider_events (run_id, event_id, status_code, outcome, cost, body, occurred_at, received_at)
       VALUES ($1, $2, 'running', 'out_of_order', $3, '{"big":12345678901234567890}', '2026-01-01T00:00:00.123Z', now() + $4 * interval '1 s')`,
      [runId, randomUUID(), cost, index],
    );
  const events = await listProviderEvents(db, runId);
  expect(events.map(({ cost }) => cost)).toEqual([null, "0.35", "12"]);
  expect(events[0]).toMatchObject({
    status_code: "running",
    outcome: "out_of_order",
    occurred_at: "2026-01-01T00:00:00.123+00:00",
  });

  await owner.query("INSERT INTO ledger_entries (org_id, kind, amount) VALUES ($1, 'top_up', 0.5)", [orgId]);
  expect(await getBalance(db, orgId)).toMatchObject({ balance: "1000.5", low_below: "10", is_low: false });
  expect(await getBalance(db, randomUUID())).toMatchObject({ balance: "0", is_low: true, updated_at: null });
});
