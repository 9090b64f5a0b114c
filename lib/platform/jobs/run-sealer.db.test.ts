import { expect, test } from "vitest";
import { useDatabase } from "@/test/database";
import { runSealer } from "./run-sealer";

const database = useDatabase();

const start = (stop: AbortSignal) =>
  runSealer({ db: database().workerDb, databaseUrl: database().workerUrl, stop });

const write = (count: number) =>
  database().app.query(
    `INSERT INTO audit_entries (org_id, action, occurred_at, actor_type, actor_id, actor_name, target_type, target_id,
       target_label, source, request_id, meta)
     SELECT md5('org ' || n % 7)::uuid, 'webhook.tested', date_trunc('milliseconds', clock_timestamp()), 'system', uuidv7(),
       'x', 'webhook', uuidv7(), 'x', 'system', 'req_x', '{"reason": null, "ticket": null}' FROM generate_series(1, $1::int) n`,
    [count],
  );

const count = async (table: string): Promise<number> => {
  const { rows } = await database().owner.query<{ count: number }>(
    `SELECT count(*)::int AS count FROM ${table}`,
  );
  return rows[0]!.count;
};

test("stop: finishes the current batch and leaves the rest to the next sealer", async () => {
  await write(10_000);
  const stop = new AbortController();
  const ended = start(stop.signal);
  await expect.poll(() => count("audit_seals"), { interval: 5, timeout: 20_000 }).toBeGreaterThan(0);
  stop.abort();
  await ended;
  const sealed = await count("audit_seals");
  expect(sealed % 1_000).toBe(0);
  expect(await count("audit_unsealed")).toBe(10_000 - sealed);

  const next = new AbortController();
  const nextEnded = start(next.signal);
  await expect.poll(() => count("audit_unsealed"), { timeout: 20_000 }).toBe(0);
  next.abort();
  await nextEnded;
  expect(await count("audit_seals")).toBe(10_000);
});

test("connection cut, repeatedly: sealing goes on", async () => {
  const before = await count("audit_seals");
  const stop = new AbortController();
  const ended = [1, 2].map(() => start(stop.signal));
  for (let round = 1; round <= 3; round++) {
    await write(500);
    await expect.poll(() => count("audit_seals"), { timeout: 20_000 }).toBe(before + round * 500);
    const { rowCount } = await database().owner.query(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
       WHERE application_name = 'runflow-alone' AND datname = current_database()`,
    );
    expect(rowCount).toBeGreaterThan(0);
  }
  stop.abort();
  await Promise.all(ended);
});
