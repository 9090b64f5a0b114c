import { expect, test } from "vitest";
import { runMigrations as migrateQueue } from "graphile-worker";
import pg from "pg";
import { useDatabase } from "@/test/database";
import { seedFixture } from "@/test/fixture";
import { databaseUrl, onServer, testServer } from "@/test/postgres";
import { migrate } from "./migrate";
import { MigrationPg } from "./migration-adapter";
import { NO_FILTERS, readMigrations, withSchemaEngine } from "./schema-engine";

const database = useDatabase();

test("migrations started several times at once: applies each once", async () => {
  const name = `${database().name}_again`;
  await onServer(database().ownerUrl, `CREATE DATABASE ${name}`);
  try {
    const url = databaseUrl(testServer(), name);
    const applied = (await Promise.all([migrate(url), migrate(url), migrate(url)])).flat();
    const { migrationDirectories } = await readMigrations();
    expect(applied.toSorted()).toEqual(migrationDirectories.map(({ path }) => path));
  } finally {
    await onServer(database().ownerUrl, `DROP DATABASE ${name} WITH (FORCE)`);
  }
});

test("deliveries pending in the former queue: each gets a job; the old wake-ups disappear", async () => {
  const name = `${database().name}_before`;
  await onServer(database().ownerUrl, `CREATE DATABASE ${name}`);
  const url = databaseUrl(testServer(), name);
  const owner = new pg.Pool({ connectionString: url });
  owner.on("error", () => {}); // dropping the database ends connections
  try {
    const all = await readMigrations();
    const before = all.migrationDirectories.filter(({ path }) => path < "20261129110000_deliveries_are_jobs");
    await withSchemaEngine(url, (engine) =>
      engine.applyMigrations({
        migrationsList: { ...all, migrationDirectories: before },
        filters: NO_FILTERS,
      }),
    );
    await migrateQueue({ connectionString: url });
    const { orgId } = await seedFixture(owner);
    await owner.query(
      `INSERT INTO webhooks (org_id, url, event_types) VALUES ($1, 'https://a.example/hook', '{run.failed}')`,
      [orgId],
    );
    await owner.query(
      `INSERT INTO deliveries (org_id, webhook_id, event, cause, url, origin, body, state, attempt_count, settled_at)
       SELECT org_id, id, 'run.failed', 'test', url, origin_of(url), state, state, 2, CASE WHEN state <> 'pending' THEN now() END
       FROM webhooks, unnest('{pending,delivered,failed}'::text[]) state`,
    );
    await owner.query("UPDATE delivery_queue SET next_attempt_at = '2030-01-01T00:00:00Z'");
    expect((await owner.query("SELECT FROM graphile_worker.jobs")).rowCount).toBe(1);
    await migrate(url);
    const { rows } = await owner.query(
      `SELECT d.body, d.next_attempt_at = j.run_at AS is_on_time, j.run_at, p.payload -> 'attempt' AS attempt,
         j.task_identifier, j.queue_name ~ '^endpoint:.*#[0-3]$' AS is_of_endpoint
       FROM graphile_worker.jobs j JOIN graphile_worker._private_jobs p ON p.id = j.id
         LEFT JOIN deliveries d ON d.id::text = p.payload ->> 'id'`,
    );
    expect(rows).toEqual([
      {
        body: "pending",
        is_on_time: true,
        run_at: new Date("2030-01-01T00:00:00Z"),
        attempt: 3,
        task_identifier: "attempt_delivery",
        is_of_endpoint: true,
      },
    ]);
    const left = await owner.query(
      "SELECT FROM deliveries WHERE state <> 'pending' AND next_attempt_at IS NULL",
    );
    expect(left.rowCount).toBe(2);
  } finally {
    await owner.end();
    await onServer(database().ownerUrl, `DROP DATABASE ${name} WITH (FORCE)`);
  }
});

test("LC_CTYPE with only ASCII letters: refused, with the fix", async () => {
  const name = `${database().name}_ascii`;
  await onServer(database().ownerUrl, `CREATE DATABASE ${name} TEMPLATE template0 LC_CTYPE 'C'`);
  try {
    await expect(migrate(databaseUrl(testServer(), name))).rejects.toMatchObject({
      name: "SetupProblem",
      message: expect.stringMatching(
        new RegExp(`^The database ${name} has the LC_CTYPE C, .+ LC_CTYPE 'C.UTF-8' .+ its URL\\.$`),
      ) as string,
    });
  } finally {
    await onServer(database().ownerUrl, `DROP DATABASE ${name} WITH (FORCE)`);
  }
});

test("migration that waits for a lock: gives way to requests, then tries again", async () => {
  const name = `${database().name}_busy`;
  await onServer(database().ownerUrl, `CREATE DATABASE ${name}`);
  const factory = new MigrationPg(databaseUrl(testServer(), name));
  const owner = new pg.Pool({ connectionString: databaseUrl(testServer(), name) }).on("error", () => {});
  try {
    await owner.query("CREATE TABLE busy (a int)");
    const adapter = await factory.connect();
    const reader = await owner.connect();
    await reader.query("BEGIN; SELECT FROM busy");
    const migrating = adapter.executeScript("CREATE TABLE new (); ALTER TABLE busy ADD COLUMN b int");
    const isWaiting = async () =>
      (await owner.query("SELECT FROM pg_locks WHERE relation = 'busy'::regclass AND NOT granted"))
        .rowCount === 1;
    await expect.poll(isWaiting, { interval: 50 }).toBe(true);
    // The reader still holds the table: only a timeout ends the wait.
    await expect.poll(isWaiting, { interval: 50 }).toBe(false);
    await owner.query("SELECT FROM busy");
    await reader.query("COMMIT");
    reader.release();
    await migrating;
    expect((await owner.query("SELECT b FROM busy, new")).rowCount).toBe(0);
  } finally {
    await factory.close();
    await owner.end();
    await onServer(database().ownerUrl, `DROP DATABASE ${name} WITH (FORCE)`);
  }
});

test("index built concurrently: applies, in a migration with nothing else", async () => {
  const name = `${database().name}_index`;
  await onServer(database().ownerUrl, `CREATE DATABASE ${name}`);
  const factory = new MigrationPg(databaseUrl(testServer(), name));
  try {
    const adapter = await factory.connect();
    await adapter.executeScript("CREATE TABLE busy (a int)");
    await adapter.executeScript("-- why\nCREATE INDEX CONCURRENTLY busy_a_idx ON busy (a);");
    await expect(
      adapter.executeScript("SELECT 1; CREATE INDEX CONCURRENTLY busy_b_idx ON busy (a);"),
    ).rejects.toMatchObject({ cause: { originalCode: "25001" } });
  } finally {
    await factory.close();
    await onServer(database().ownerUrl, `DROP DATABASE ${name} WITH (FORCE)`);
  }
});
