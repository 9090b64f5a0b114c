import { expect, test } from "vitest";
import { reconcile } from "@/lib/billing/reconcile";
import { createClient } from "@/lib/platform/db/client";
import type { CancellationBatch } from "@/lib/contract/cancellation-batches";
import { startWithPostgres } from "@/test/breakable-server";
import { makeKey, makePerson } from "@/test/credentials";
import { seedFixture } from "@/test/fixture";
import { reportEnd } from "@/test/race";
import { startReceiver } from "@/test/receiver";
import { startWorker, type TestWorkerProcess } from "@/test/worker";

/** A few in `npm test`; `npm run drill -- bulk` takes 20,000. */
const RUNS = Number(process.env["BULK_RUNS"] || 600);
const IS_DRILL = RUNS >= 5_000;
const KILLS = IS_DRILL ? 5 : 1;
/** The provider reports the end of one run in 20 meanwhile, and one in 25 has a callback. */
const REPORTED_EACH = 20;
const CALLED_EACH = 25;
const PATH = "/v1/admin/cancellation-batches";

test(
  `bulk: ${RUNS} runs in overlapping batches, reported ends, ${KILLS} killed workers, an abort and a database restart`,
  { timeout: 400_000 + RUNS * 40 },
  async () => {
    const env = await startWithPostgres();
    const { owner, baseUrl, workerUrl } = env;
    const fixture = await seedFixture(owner);
    const { id: ownerId } = await makePerson(owner, { role: "admin" });
    const { headers } = await makeKey(owner, { ownerId, scopes: ["admin"] });
    const receiver = await startReceiver();
    const { rows } = await owner.query<{ id: string }>(
      `INSERT INTO runs (org_id, model_id, model, source_code, status_code, input, request_id, created_by, callback_url)
       SELECT $1, $2, $3, 'api', 'running', '{}', 'req', $4, CASE WHEN n % ${CALLED_EACH} = 0 THEN $5 END
       FROM generate_series(1, ${RUNS}) n RETURNING id`,
      [fixture.orgId, fixture.modelId, fixture.model, fixture.customer.person.id, `${receiver.origin}/hook`],
    );
    const ids = rows.map(({ id }) => id);
    const send = async (method: string, path: string, body?: object): Promise<CancellationBatch> => {
      for (;;) {
        const response = await fetch(`${baseUrl}${path}`, {
          method,
          headers: { ...headers, "Content-Type": "application/json" },
          ...(body && { body: JSON.stringify(body) }),
        }).catch(() => undefined);
        if (response && response.status < 400) return (await response.json()) as CancellationBatch;
        // The database is away for a moment.
        if (response && response.status !== 503)
          throw new Error(`${path}: ${response.status} ${await response.text()}`);
      }
    };
    const read = (id: string) => send("GET", `${PATH}/${id}`);
    const begin = async (run_ids: string[], runs_per_second_limit: number) => {
      const { id, counts } = await send("POST", PATH, { reason: "Ticket #4821: abuse", run_ids });
      await send("PATCH", `${PATH}/${id}`, { runs_per_second_limit });
      await send("POST", `${PATH}/${id}/execution`, { expected_count: counts.cancelable });
      return id;
    };

    const share = (from: number, to: number) => ids.slice(RUNS * from, RUNS * to);
    const workers: TestWorkerProcess[] = await Promise.all([startWorker(workerUrl), startWorker(workerUrl)]);
    try {
      // Slow enough that everything happens while they run.
      const pace = Math.max(20, Math.round(RUNS / (IS_DRILL ? 60 : 8)));
      const [first, second, third] = [
        await begin(share(0, 0.6), pace),
        await begin(share(0.3, 0.8), pace),
        await begin(share(0.8, 1), 10),
      ];
      const reporting = reportEnds(baseUrl, ids);

      await expect.poll(async () => (await read(third)).progress.canceled).toBeGreaterThan(0);
      const aborted = await send("POST", `${PATH}/${third}/abortion`);
      for (let kill = 0; kill < KILLS; kill++) {
        const settled = (await read(first)).progress.remaining;
        await expect
          .poll(
            async () => {
              const { state, progress } = await read(first);
              return state === "completed" || progress.remaining < settled;
            },
            { timeout: 120_000 },
          )
          .toBe(true);
        await workers[kill % 2]!.kill();
        workers[kill % 2] = await startWorker(workerUrl);
        if (kill === 0) {
          await env.breakDown();
          await env.recover();
        }
      }
      const reported = await reporting;
      for (const id of [first, second])
        await expect
          .poll(async () => (await read(id)).state, { timeout: 300_000, interval: 500 })
          .toBe("completed");

      const last = await read(third);
      expect(last.progress).toEqual(aborted.progress);
      expect(reported).toBeGreaterThan(0);
      await judge(owner, ids);
      for (const id of [first, second, third]) {
        const { counts, progress } = await read(id);
        const { canceled, unchanged, not_found, refused, failed, remaining } = progress;
        expect(canceled + unchanged + not_found + refused + failed + remaining).toBe(counts.total);
        expect(remaining === 0).toBe(id !== third);
      }
      await expectCallbacks(owner, receiver.heard);
      const db = createClient({ url: env.appUrl, poolSize: 2 });
      expect(await reconcile(db)).toEqual([]);
      await db.$disconnect();
    } finally {
      await Promise.all(workers.map((worker) => worker.stop()));
      await receiver.close();
      await env.stop();
    }
  },
);

/** @returns how many of the reports came first */
async function reportEnds(baseUrl: string, ids: string[]): Promise<number> {
  let sent = 0;
  for (let at = 0; at < ids.length; at += REPORTED_EACH) {
    for (let status = 503; status === 503;)
      status = await reportEnd(baseUrl, ids[at]!, "succeeded", at).catch(() => 503);
    sent++;
  }
  return sent;
}

type Owner = Awaited<ReturnType<typeof startWithPostgres>>["owner"];

/** One entry for each real transition and outcome 201, and none for anything else. */
async function judge(owner: Owner, ids: string[]): Promise<void> {
  const { rows: broken } = await owner.query(
    `SELECT r.id, r.status_code, e.entries, i.won FROM runs r
     LEFT JOIN LATERAL (
       SELECT count(*)::int AS entries, min(e.meta ->> 'batch_id') AS batch_id, min(e.id::text) AS id
       FROM audit_entries e WHERE e.target_id = r.id AND e.action = 'run.cancelled') e ON true
     LEFT JOIN LATERAL (
       SELECT count(*)::int AS won, min(i.batch_id::text) AS batch_id, min(i.entry_id::text) AS entry_id
       FROM cancellation_items i WHERE i.run_id = r.id AND i.outcome = 201) i ON true
     WHERE r.id = ANY($1) AND (
       e.entries <> (r.status_code = 'canceled')::int OR i.won <> e.entries
       OR i.batch_id IS DISTINCT FROM e.batch_id OR i.entry_id IS DISTINCT FROM e.id)`,
    [ids],
  );
  expect(broken).toEqual([]);
  const { rows } = await owner.query<{ canceled: number; ended: number }>(
    `SELECT count(*) FILTER (WHERE status_code = 'canceled')::int AS canceled,
       count(*) FILTER (WHERE status_code = 'succeeded')::int AS ended FROM runs WHERE id = ANY($1)`,
    [ids],
  );
  expect(rows[0]!.canceled).toBeGreaterThan(0);
  expect(rows[0]!.ended).toBeGreaterThan(0);
}

/** One delivery for each ended run with a callback; repeated messages have its id. */
async function expectCallbacks(
  owner: Owner,
  heard: { headers: Record<string, unknown>; body: Buffer }[],
): Promise<void> {
  const pending = async () =>
    (await owner.query("SELECT FROM deliveries WHERE state <> 'delivered'")).rowCount;
  await expect.poll(pending, { timeout: 120_000, interval: 500 }).toBe(0);
  const { rows } = await owner.query<{ id: string; run_id: string }>("SELECT id, run_id FROM deliveries");
  const ended = await owner.query<{ id: string }>(
    "SELECT id FROM runs WHERE callback_url IS NOT NULL AND is_terminal(status_code)",
  );
  expect(new Set(rows.map(({ run_id }) => run_id))).toEqual(new Set(ended.rows.map(({ id }) => id)));
  expect(rows).toHaveLength(ended.rows.length);
  expect(new Set(heard.map(({ headers }) => headers["runflow-request-id"]))).toEqual(
    new Set(rows.map(({ id }) => id)),
  );
}
