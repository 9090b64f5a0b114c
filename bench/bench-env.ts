import { randomBytes } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import pg from "pg";
import { startPostgres } from "@/lib/platform/db/embedded-postgres";
import { migrate } from "@/lib/platform/db/migrate";
import { removeHome } from "@/lib/platform/db/postgres-home";
import { ensureBuild } from "@/lib/platform/server/ensure-build";
import { makeKey, makePerson } from "@/test/credentials";
import { seedFixture, type Fixture } from "@/test/fixture";
import { startServers, type TestServerProcess } from "@/test/server";

export type BenchEnv = {
  owner: pg.Pool;
  /** URLs for the web server's role and the worker's. */
  appUrl: string;
  workerUrl: string;
  server: TestServerProcess;
  fixture: Fixture;
  key: string;
  close(): Promise<void>;
};

/**
 * The environment of every benchmark: its own PostgreSQL with production settings (commits are on disk before
 * the response), migrated, and one process of the production build, logging as in production.
 * @param serverEnv overrides of the server's environment
 */
export async function openBenchEnv(serverEnv: Record<string, string> = {}): Promise<BenchEnv> {
  const distDir = process.env["NEXT_DIST_DIR"] || ".next";
  const onBuild = () => console.log("building");
  await ensureBuild({ distDir, logFile: path.join(tmpdir(), "runflow-bench-build.log"), onBuild });
  const folder = await mkdtemp(path.join(tmpdir(), "runflow-bench-"));
  const home = path.join(folder, "postgres");
  const postgres = await startPostgres({ home, database: "bench" });
  await migrate(postgres.url);
  const owner = new pg.Pool({ connectionString: postgres.url });
  const password = randomBytes(12).toString("hex");
  await owner.query(`CREATE ROLE bench_web LOGIN PASSWORD '${password}' IN ROLE console_web;
    CREATE ROLE bench_worker LOGIN PASSWORD '${password}' IN ROLE console_worker`);
  const fixture = await seedFixture(owner);
  const { id: ownerId } = await makePerson(owner, { role: "admin" });
  const { text: key } = await makeKey(owner, { ownerId, scopes: ["admin"] });
  const urlOf = (username: string) => Object.assign(new URL(postgres.url), { username, password }).href;
  const appUrl = urlOf("bench_web");
  const [server] = await startServers({
    databaseUrl: appUrl,
    env: { LOG_LEVEL: "info", RATE_LIMIT_PER_MINUTE: "100000000", ...serverEnv },
  });
  return {
    owner,
    appUrl,
    workerUrl: urlOf("bench_worker"),
    server: server!,
    fixture,
    key,
    close: async () => {
      await server!.stop();
      await owner.end();
      await postgres.stop();
      await removeHome(home);
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/**
 * Fills the runs table evenly over 30 days.
 * @param share of ended runs
 */
export async function fillRuns({ owner, fixture }: BenchEnv, count: number, share: number): Promise<void> {
  await owner.query(
    `INSERT INTO runs (org_id, model_id, model, source_code, status_code, input, request_id, created_by, created_at,
       completed_at, duration_ms)
     SELECT $1, $2, $3, 'api', CASE WHEN n % 100 < $5 THEN 'succeeded' ELSE 'queued' END::run_status, '{"prompt": "a"}',
       'req_' || n, $4, at, CASE WHEN n % 100 < $5 THEN at + interval '9 seconds' END, CASE WHEN n % 100 < $5 THEN 9000 END
     FROM (SELECT n, date_trunc('milliseconds', now() - n * (interval '30 days' / $6)) AS at
       FROM generate_series(1, $6::int) n) t`,
    [
      fixture.orgId,
      fixture.modelId,
      fixture.model,
      fixture.customer.person.id,
      Math.round(share * 100),
      count,
    ],
  );
  await owner.query("VACUUM ANALYZE runs");
}

export const median = (values: number[]): number => quantile(values, 0.5);

/** @param share of the values that are smaller, from 0 to 1 */
export function quantile(values: number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(Math.floor(sorted.length * share), sorted.length - 1)]!;
}

export const round = (value: number, digits: number): number => Number(value.toFixed(digits));
