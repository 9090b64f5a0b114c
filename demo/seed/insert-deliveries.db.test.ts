import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startReceiver } from "@/demo/simulator/receiver";
import { makeCustomers } from "@/demo/start/customers";
import { findKeyCaller } from "@/lib/identity/find-key-caller";
import { cancelRun } from "@/lib/runs/cancel-run";
import { useDatabase } from "@/test/database";
import { makeJobsDue } from "@/test/deliveries";
import { TEST_CONTEXT } from "@/test/fixture";
import { TEST_ENCRYPTION_KEY } from "@/test/server";
import { workOff } from "@/test/work-off";
import { seed } from "../seed";

const database = useDatabase();
const customers = makeCustomers();
let accounts: Awaited<ReturnType<typeof seed>>;
let receiver: Awaited<ReturnType<typeof startReceiver>>;
beforeAll(async () => {
  const receiving = customers.map(({ slug, secrets }) => ({
    slug,
    secrets: secrets.map(({ text }) => text),
  }));
  receiver = await startReceiver({ port: 0, customers: receiving });
  const introduction = { customers, origin: receiver.origin, encryptionKey: TEST_ENCRYPTION_KEY };
  accounts = await seed({ databaseUrl: database().ownerUrl, runs: 12_000, introduction });
});
afterAll(() => receiver?.close());

const rows = async (sql: string) => (await database().owner.query(sql)).rows as Record<string, unknown>[];
const count = async (sql: string) => Number((await rows(`SELECT count(*) FROM ${sql}`))[0]!["count"]);

/** Creates deliveries without attempts. */
async function cancelOpenRuns(): Promise<void> {
  const caller = (await findKeyCaller(database().db, accounts.keys.admin))!;
  const open = `SELECT id FROM runs WHERE NOT is_terminal(status_code) AND callback_url IS NOT NULL
    AND created_by <> '${caller.person.id}'`;
  for (const { id } of await rows(open))
    await cancelRun(database().db, caller, { runId: String(id), reason: "a test", context: TEST_CONTEXT });
}

describe("deliveries of the demo", () => {
  // The number depends on the hour and day of the seeding; attempts.test.ts covers each outcome.
  it("are mostly delivered, by callbacks and by webhooks", async () => {
    const all = await count("deliveries");
    expect(all).toBeGreaterThan(150);
    expect((await count("deliveries WHERE state = 'delivered' AND attempt_count = 1")) / all).toBeGreaterThan(
      0.6,
    );
    expect(await count("deliveries WHERE state = 'delivered' AND attempt_count > 1")).toBeGreaterThan(0);
    expect(await count("deliveries WHERE webhook_id IS NOT NULL")).toBeGreaterThan(30);
    expect(await count("deliveries WHERE webhook_id IS NULL")).toBeGreaterThan(30);
  });

  it("agree with their attempts, the queue and the runs", async () => {
    const contradictions = [
      `deliveries d WHERE attempt_count <> (SELECT count(*) FROM delivery_attempts a WHERE a.delivery_id = d.id)`,
      `deliveries d JOIN delivery_attempts a ON a.delivery_id = d.id AND a.number = d.attempt_count
       WHERE (d.state = 'delivered') <> coalesce(a.status BETWEEN 200 AND 299, false)`,
      `delivery_attempts a JOIN delivery_attempts b USING (delivery_id)
       WHERE b.number = a.number + 1 AND b.started_at <= a.started_at`,
      `deliveries d FULL JOIN (SELECT j.* FROM graphile_worker._private_jobs j
           JOIN graphile_worker._private_tasks t ON t.id = task_id WHERE identifier = 'attempt_delivery') j ON j.payload ->> 'id' = d.id::text
         AND j.run_at = d.next_attempt_at AND (j.payload ->> 'attempt')::int = d.attempt_count + 1
       WHERE (d.state = 'pending') IS DISTINCT FROM (j.id IS NOT NULL)`,
      `deliveries WHERE attempt_count > 0 AND next_attempt_at < created_at`,
      `deliveries d JOIN runs r ON r.id = d.run_id WHERE d.org_id <> r.org_id OR d.event <> event_of(r.status_code)
       OR (d.body::json ->> 'status') <> r.status_code::text OR d.created_at < r.completed_at`,
      `deliveries WHERE settled_at < created_at OR settled_at > now()`,
      `deliveries d JOIN webhooks w ON w.id = d.webhook_id
       WHERE NOT w.is_enabled OR NOT d.event = ANY (w.event_types) OR d.org_id <> w.org_id OR d.url <> w.url`,
      `runs r WHERE is_terminal(status_code) AND callback_url IS NOT NULL AND created_at > now() - interval '1 day'
       AND NOT EXISTS (SELECT FROM deliveries d WHERE d.run_id = r.id AND d.webhook_id IS NULL)`,
      `delivery_attempts a JOIN deliveries d ON d.id = a.delivery_id JOIN organizations o ON o.id = d.org_id
       WHERE (a.secret_id IS NULL) <> (o.slug = 'basalt')`,
    ];
    for (const contradiction of contradictions)
      expect([contradiction, await count(contradiction)]).toEqual([contradiction, 0]);
  });

  it("leave endpoints in the matching state: an open circuit after many failures in a row", async () => {
    const failing = `(SELECT e.*, (SELECT count(*) FROM delivery_attempts a JOIN deliveries d ON d.id = a.delivery_id
        WHERE d.org_id = e.org_id AND d.origin = e.origin AND (e.last_success_at IS NULL OR a.started_at > e.last_success_at)
      ) AS failures FROM delivery_endpoints e) e`;
    expect(await count(`${failing} WHERE failures <> failures_in_row`)).toBe(0);
    expect(await count("delivery_endpoints WHERE (failures_in_row >= 5) <> (open_until IS NOT NULL)")).toBe(
      0,
    );
    expect(await count("delivery_endpoints WHERE last_success_at IS NOT NULL")).toBeGreaterThan(4);
  });
});

describe("secrets of the demo's customers", () => {
  it("belong to their organization", async () => {
    for (const { slug, key } of customers) {
      const [{ id }] = (await rows(`SELECT id FROM organizations WHERE slug = '${slug}'`)) as [
        { id: string },
      ];
      expect(await findKeyCaller(database().db, key.text)).toMatchObject({
        kind: "inference",
        reach: { orgIds: [id] },
      });
    }
  });

  it("are one current secret each, two during a rotation, and none for one customer", async () => {
    const sql = `SELECT o.slug, count(s)::int AS valid, count(*) FILTER (WHERE s.is_current)::int AS current
      FROM organizations o LEFT JOIN callback_secrets s ON s.org_id = o.id GROUP BY o.slug`;
    const found = new Map((await rows(sql)).map(({ slug, valid, current }) => [slug, [valid, current]]));
    expect(found.get("nordlicht")).toEqual([2, 1]);
    expect(found.get("basalt")).toEqual([0, 0]);
    expect(found.get("papaya")).toEqual([1, 1]);
  });

  it("match the worker's signatures: the receiver accepts every delivery", async () => {
    await cancelOpenRuns();
    const due = "deliveries WHERE state = 'pending' AND attempt_count = 0";
    const ids = (await rows(`SELECT id FROM ${due}`)).map(({ id }) => String(id));
    const isOpen = "SELECT org_id FROM delivery_endpoints WHERE open_until > now()";
    expect(await count(`${due} AND org_id NOT IN (${isOpen})`)).toBeGreaterThan(5);
    await workOff(database());
    // Deliveries that waited for an endpoint's probe follow it.
    await makeJobsDue(database().owner);
    await workOff(database());
    const sent = `delivery_attempts a JOIN deliveries d ON d.id = a.delivery_id
      WHERE d.id = ANY ('{${ids.join(",")}}')`;
    expect(await count(`${due} AND org_id NOT IN (${isOpen})`)).toBe(0);
    expect(await count(`${sent} AND a.secret_id IS NOT NULL`)).toBeGreaterThan(5);
    expect(await count(`${sent} AND coalesce(a.status, 0) NOT IN (200, 204)`)).toBe(0);
  });
});
