import { expect, test, vi } from "vitest";
import type { Caller } from "@/lib/states/caller";
import { useDatabase } from "@/test/database";
import { seedFixture, TEST_CONTEXT as context } from "@/test/fixture";
import { createWebhook } from "./create-webhook";
import { deleteWebhook } from "./delete-webhook";
import { updateWebhook } from "./update-webhook";

vi.mock("@/lib/platform/env/env", () => ({
  env: () => ({ ALLOW_PRIVATE_CALLBACKS: false, CALLBACK_PORTS: [443] }),
}));

const database = useDatabase();

test("webhooks: created, changed and deleted once, with an entry each", async () => {
  const { db, owner } = database();
  const fixture = await seedFixture(owner);
  const caller: Caller = { ...fixture.support, reach: { all: false, orgIds: [fixture.orgId] } };
  const url = "https://hooks.example.com/a";
  const made = await createWebhook(db, { caller, context, body: { url, event_types: ["run.failed"] } });
  expect(made).toMatchObject({ url, description: null, is_enabled: true, failures_in_row: 0 });

  const webhookId = made.id;
  const change = (body: object) => updateWebhook(db, { caller, context, webhookId, body });
  const both = await Promise.all([
    change({ description: "ours" }),
    change({ event_types: ["run.cancelled"] }),
  ]);
  expect(both).toHaveLength(2);
  const unchanged = await change({ description: "ours" });
  expect(unchanged).toMatchObject({ description: "ours", event_types: ["run.cancelled"] });
  expect(unchanged.updated_at > made.updated_at).toBe(true);

  const ends = await Promise.allSettled([1, 2].map(() => deleteWebhook(db, { caller, context, webhookId })));
  const lost = ends.find(({ status }) => status === "rejected");
  expect(lost).toMatchObject({ reason: { code: "WEBHOOK_NOT_FOUND" } });
  const { rows } = await owner.query<{ action: string }>(
    "SELECT action FROM audit_entries WHERE target_id = $1 ORDER BY occurred_at, id",
    [webhookId],
  );
  expect(rows.map(({ action }) => action)).toEqual([
    "webhook.created",
    "webhook.updated",
    "webhook.updated",
    "webhook.deleted",
  ]);
});
