import { createHash } from "node:crypto";
import { setTimeout } from "node:timers/promises";
import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { hashedText, withoutHash } from "@/lib/audit/sealing/chain";
import { sealEntries } from "@/lib/audit/sealing/seal-entries";
import type { AuditEntry } from "@/lib/contract/audit";
import { SEALER } from "@/lib/platform/jobs/lease";
import { cancelRun } from "@/lib/runs/cancel-run";
import { cloneDatabase, type TestDatabase } from "@/test/database";
import { makeRun, seedFixture, type Fixture, TEST_CONTEXT } from "@/test/fixture";
import { readTrail } from "@/test/grow-trail";
import { startWorker, type TestWorkerProcess } from "@/test/worker";

/** Small in `npm test`; `npm run drill -- sealing` takes thousands. */
const ENTRIES = Number(process.env["SEALING_ENTRIES"] || 600);
/** The rate of the latency target. */
const PER_SECOND = 200;
const WRITERS = 50;
const ORGS = 20;
const WORKERS = 3;
const KILL_EVERY_MS = 2_000;
/** Entries sealed this soon after a kill are counted separately. */
const AFTER_KILL_MS = 2_000;

let database: TestDatabase;
let fixtures: Fixture[];

beforeAll(async () => {
  database = await cloneDatabase();
  fixtures = [];
  for (let index = 0; index < ORGS; index++) fixtures.push(await seedFixture(database.owner));
});
afterAll(() => database.drop());

type Written = { id: string; committedAt: Date };
type Tally = { committed: Written[]; rolledBack: string[] };

const INSERT = `
  INSERT INTO audit_entries (org_id, action, occurred_at, actor_type, actor_id, actor_name, target_type, target_id,
    target_label, source, request_id, meta)
  SELECT $1, 'webhook.tested', date_trunc('milliseconds', clock_timestamp()), 'system', $1, 'Drill', 'webhook', uuidv7(),
    'x', 'system', 'req_drill', '{"reason": null, "ticket": null}' RETURNING id`;

/** Writes in transactions: one in ten rolls back, one in twenty commits slowly. */
async function writeOne(client: pg.PoolClient, index: number, tally: Tally): Promise<void> {
  await client.query("BEGIN");
  const { rows } = await client.query<{ id: string }>(INSERT, [fixtures[index % ORGS]!.orgId]);
  const { id } = rows[0]!;
  if (index % 20 === 7) await client.query("SELECT pg_sleep(0.3)");
  if (index % 10 === 3) {
    await client.query("ROLLBACK");
    tally.rolledBack.push(id);
    return;
  }
  // One message for both, so that this process adds no delay between them.
  const answers = (await client.query(
    "COMMIT; SELECT clock_timestamp() AS at",
  )) as unknown as pg.QueryResult<{
    at: Date;
  }>[];
  tally.committed.push({ id, committedAt: answers[1]!.rows[0]!.at });
}

async function writeSteadily(tally: Tally): Promise<void> {
  const pool = new pg.Pool({ connectionString: database.appUrl, max: WRITERS }).on("error", () => {});
  const startedAt = performance.now();
  let next = 0;
  const writer = async () => {
    const client = await pool.connect();
    for (let index = next++; index < ENTRIES; index = next++) {
      const early = (index / PER_SECOND) * 1_000 - (performance.now() - startedAt);
      if (early > 0) await setTimeout(early);
      await writeOne(client, index, tally);
    }
    client.release();
  };
  await Promise.all(Array.from({ length: WRITERS }, writer));
  await pool.end();
}

/** Adds real changes: each cancels a run, with its entry. */
async function cancelRuns(count: number): Promise<void> {
  for (let index = 0; index < count; index++) {
    const fixture = fixtures[index % ORGS]!;
    const runId = await makeRun(database.owner, fixture);
    await cancelRun(database.db, fixture.support, { runId, reason: "Drill", context: TEST_CONTEXT });
  }
}

/** The connection name of the worker that seals. */
async function findSealing(): Promise<string | undefined> {
  const { rows } = await database.owner.query<{ name: string }>(
    `SELECT a.application_name AS name FROM leaderships l JOIN pg_stat_activity a ON a.pid = l.session_pid
     WHERE l.name = $1 AND l.expires_at > now()`,
    [SEALER],
  );
  return rows[0]?.name;
}

class Crew {
  readonly kills: Date[] = [];
  readonly #workers = new Map<string, TestWorkerProcess>();
  #hired = 0;

  async hire(): Promise<void> {
    const name = `worker-${++this.#hired}`;
    const url = new URL(database.workerUrl);
    url.searchParams.set("application_name", name);
    this.#workers.set(name, await startWorker(url.href, { LOG_LEVEL: "info", DATABASE_POOL_SIZE: "4" }));
  }

  async killSealing(): Promise<void> {
    const name = await findSealing();
    const worker = name && this.#workers.get(name);
    if (!worker) return;
    this.kills.push(new Date());
    this.#workers.delete(name);
    await worker.kill();
    await this.hire();
  }

  stop = () => Promise.all([...this.#workers.values()].map((worker) => worker.stop()));
}

test(
  `workers killed while sealing ${ENTRIES} entries: chains are whole, each entry is sealed once`,
  { timeout: 120_000 + (ENTRIES / PER_SECOND) * 4_000 },
  async () => {
    const tally: Tally = { committed: [], rolledBack: [] };
    const crew = new Crew();
    for (let index = 0; index < WORKERS; index++) await crew.hire();
    try {
      let isWriting = true;
      const written = Promise.all([writeSteadily(tally), cancelRuns(Math.ceil(ENTRIES / 20))]).finally(
        () => (isWriting = false),
      );
      do {
        await setTimeout(Math.random() * KILL_EVERY_MS);
        await crew.killSealing();
      } while (isWriting);
      await written;
      const waiting = async () => (await database.owner.query("SELECT FROM audit_unsealed")).rowCount;
      await expect.poll(waiting, { timeout: 30_000 }).toBe(0);
    } finally {
      await crew.stop();
    }
    const trail = await readTrail(database.owner);
    expect(crew.kills.length).toBeGreaterThan(0);
    expect(findFaults(trail)).toEqual([]);
    const sealed = new Set(trail.map(({ id }) => id));
    expect(sealed.size).toBe(trail.length);
    expect(tally.committed.filter(({ id }) => !sealed.has(id))).toEqual([]);
    expect(tally.rolledBack.filter((id) => sealed.has(id))).toEqual([]);
    expect(trail).toHaveLength(tally.committed.length + Math.ceil(ENTRIES / 20));
    expect((await database.owner.query("SELECT FROM audit_entries")).rowCount).toBe(trail.length);
    await tellLatency(tally, crew.kills);
  },
);

/** Reports the time from commit to seal, by the database's clock. */
async function tellLatency({ committed }: Tally, kills: Date[]): Promise<void> {
  const { rows } = await database.owner.query<{ entry_id: string; sealed_at: Date }>(
    "SELECT entry_id, sealed_at FROM audit_seals",
  );
  const sealedAt = new Map(rows.map(({ entry_id, sealed_at }) => [entry_id, sealed_at]));
  const isAfterKill = (at: Date) =>
    kills.some((kill) => at >= kill && at.getTime() - kill.getTime() < AFTER_KILL_MS);
  const [steady, afterKill]: [number[], number[]] = [[], []];
  for (const { id, committedAt } of committed) {
    const ms = Math.max(0, sealedAt.get(id)!.getTime() - committedAt.getTime());
    (isAfterKill(committedAt) ? afterKill : steady).push(ms);
  }
  const line = (what: string, values: number[]) => {
    values.sort((a, b) => a - b);
    const at = (share: number) => values[Math.min(values.length - 1, Math.floor(values.length * share))];
    return `${what}: ${values.length} entries, commit to seal p50 ${at(0.5)} ms, p99 ${at(0.99)} ms, max ${at(1)} ms`;
  };
  console.log(
    [
      `${kills.length} kills of the leader, ${PER_SECOND} entries/s`,
      line(`within ${AFTER_KILL_MS} ms after a kill`, afterKill),
      line("otherwise", steady),
    ].join("\n"),
  );
}

const sha256 = (text: string): string => createHash("sha256").update(text, "utf8").digest("hex");

/** Faults of a trail: gaps and duplicates in positions, broken links, wrong hashes. */
function findFaults(trail: AuditEntry[]): string[] {
  const faults: string[] = [];
  const heads = new Map<string, { sequence: number; hash: string }>();
  trail.forEach((entry, index) => {
    const { org_id, position } = entry;
    const chain = entry.chain!;
    const head = heads.get(org_id) ?? { sequence: 0, hash: sha256(`runflow-audit-genesis/v1\n${org_id}`) };
    if (position !== index + 1) faults.push(`position ${position} is in place ${index + 1}`);
    if (chain.sequence !== head.sequence + 1 || chain.previous_hash !== head.hash)
      faults.push(`position ${position} does not follow sequence ${head.sequence} of its chain`);
    if (sha256(hashedText(withoutHash(entry)!)) !== chain.hash)
      faults.push(`the hash at position ${position} is not that of its entry`);
    heads.set(org_id, chain);
  });
  return faults;
}

test("two sealers without a leader or constraints: the chains fork, and the check reports it", async () => {
  const other = await cloneDatabase();
  try {
    await other.owner.query(`DROP TRIGGER audit_seals_continue ON audit_seals;
      ALTER TABLE audit_seals DROP CONSTRAINT audit_seals_pkey;
      DROP INDEX audit_seals_entry_id_key, audit_seals_org_id_sequence_key, audit_seals_org_id_previous_hash_key`);
    for (let index = 0; index < 10; index++) await other.app.query(INSERT, [fixtures[index % 2]!.orgId]);
    const clients = [await other.worker.connect(), await other.worker.connect()];
    for (const client of clients) await client.query("BEGIN");
    await sealEntries(clients[0]!, 100);
    const second = sealEntries(clients[1]!, 100);
    // It has read the entries that the first one seals, and waits to remove them from the queue.
    const waiting = async () =>
      (
        await other.owner.query(
          "SELECT FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()",
        )
      ).rowCount;
    await expect.poll(waiting, { timeout: 30_000 }).toBe(1);
    await clients[0]!.query("COMMIT");
    await second;
    await clients[1]!.query("COMMIT");
    clients.forEach((client) => client.release());
    const faults = findFaults(await readTrail(other.owner));
    expect(faults).toContainEqual(expect.stringContaining("does not follow sequence"));
    expect(faults).toContainEqual(expect.stringContaining("is in place"));
  } finally {
    await other.drop();
  }
});
