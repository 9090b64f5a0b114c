import { readFile } from "node:fs/promises";
import { RUN_ROW_FIELDS } from "@/lib/client/runs";
import { makePerson, signIn } from "@/test/credentials";
import { fillRuns, type BenchEnv, openBenchEnv, round } from "./bench-env";
import type { BenchReport } from "./bench-report";

const RUNS = 50_000;
const ROWS = 50;
const WARM_UP_MINUTES = 5;
const MINUTES = 10;
/** Linux counts a process's time in hundredths of a second. */
const TICK_MS = 10;

/**
 * The cost of one open `/runs` page: CPU time of the web process and its database connections for a minute of
 * the page's requests. All 50 rows may still change, so each is polled.
 */
export default async function live(): Promise<BenchReport> {
  const benchEnv = await openBenchEnv();
  try {
    await fillRuns(benchEnv, RUNS, 0.99);
    const headers = await signIn(benchEnv.server.baseUrl, await makePerson(benchEnv.owner));
    const { rows } = await benchEnv.owner.query<{ id: string; created_at: Date }>(
      "SELECT id, created_at FROM runs WHERE status_code = 'queued' ORDER BY created_at DESC LIMIT $1",
      [ROWS],
    );
    const ids = rows.map(({ id }) => `id:'${id}'`).join(" OR ");
    const list = (query: Record<string, string>) => `/v1/admin/runs?${new URLSearchParams(query)}`;
    const polls = [
      { perMinute: 30, path: list({ q: ids, fields: RUN_ROW_FIELDS, limit: "500" }) },
      {
        perMinute: 30,
        path: list({ q: `created_at>='${rows[0]!.created_at.toISOString()}'`, fields: "id", limit: "100" }),
      },
      { perMinute: 20, path: "/v1/admin/runs/stuck/count" },
    ];
    const passMinute = async () => {
      for (const { perMinute, path } of polls)
        for (let count = 0; count < perMinute; count++) await get(benchEnv, path, headers);
    };
    const passHealth = async () => {
      for (let count = 0; count < 80; count++) await get(benchEnv, "/v1/health", {});
    };
    const passes = await measure(benchEnv, passMinute);
    const health = await measure(benchEnv, passHealth);
    return {
      figures: {
        web_ms_per_minute: round(passes.web, 0),
        database_ms_per_minute: round(passes.database, 0),
        health_ms_per_minute: round(health.web, 0),
      },
      yardstick: "the same number of GET /v1/health, CPU time of the web process",
      samples: MINUTES,
    };
  } finally {
    await benchEnv.close();
  }
}

async function measure(benchEnv: BenchEnv, pass: () => Promise<void>) {
  for (let minute = 0; minute < WARM_UP_MINUTES; minute++) await pass();
  const before = await readTimes(benchEnv);
  for (let minute = 0; minute < MINUTES; minute++) await pass();
  const after = await readTimes(benchEnv);
  return {
    web: (after.web - before.web) / MINUTES,
    database: (after.database - before.database) / MINUTES,
  };
}

async function get({ server }: BenchEnv, path: string, headers: Record<string, string>): Promise<void> {
  const response = await fetch(server.baseUrl + path, { headers });
  await response.arrayBuffer();
  if (response.status !== 200) throw new Error(`${path} returned ${response.status}.`);
}

async function readTimes({ owner, server }: BenchEnv) {
  const { rows } = await owner.query<{ pid: number }>(
    "SELECT pid FROM pg_stat_activity WHERE usename = 'bench_web'",
  );
  const connections = await Promise.all(rows.map(({ pid }) => readCpuMs(pid)));
  return { web: await readCpuMs(server.pid), database: connections.reduce((sum, ms) => sum + ms, 0) };
}

/** CPU time of a process since its start, in user and system mode. */
async function readCpuMs(pid: number): Promise<number> {
  const stat = await readFile(`/proc/${pid}/stat`, "utf8");
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return (Number(fields[11]) + Number(fields[12])) * TICK_MS;
}
