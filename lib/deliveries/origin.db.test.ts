import { beforeAll, expect, test } from "vitest";
import { cancelRun } from "@/lib/runs/cancel-run";
import { useDatabase } from "@/test/database";
import { makeRunWithCallback, makeWebhook } from "@/test/deliveries";
import { seedFixture, type Fixture, TEST_CONTEXT } from "@/test/fixture";

const database = useDatabase();
let fixture: Fixture;
beforeAll(async () => void (fixture = await seedFixture(database().owner)));

/** 1,900 incompressible three-byte letters: too long for an index entry. */
const LONG = Array.from({ length: 1_900 }, (_, n) => String.fromCharCode(0x4e00 + ((n * 7_919) % 20_000)));

test.each([
  ["slashes before the host", "https:///hooks.example.com/a", "https:///hooks.example.com"],
  ["no host", "https://?a", "https://"],
  ["no address", "Hook", "hook"],
  ["a host too long for an index", `https://${LONG.join("")}.example`, undefined],
])("callback_url with %s: the run still ends", async (_what, url, origin) => {
  const { owner, db } = database();
  const webhookId = await makeWebhook(owner, fixture.orgId, url, ["run.cancelled"]);
  const runId = await makeRunWithCallback(owner, fixture, url);
  const { outcome } = await cancelRun(db, fixture.support, {
    runId,
    reason: "it ends",
    context: TEST_CONTEXT,
  });
  expect(outcome).toBe("transitioned");
  const { rows } = await owner.query("SELECT url, origin FROM deliveries WHERE run_id = $1", [runId]);
  const delivery = { url, origin: origin ?? expect.stringMatching(/^https:\/\/.{292}$/) };
  expect(rows).toEqual([delivery, delivery]);
  await owner.query("UPDATE webhooks SET is_enabled = false WHERE id = $1", [webhookId]);
});
