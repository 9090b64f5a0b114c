import { readFile } from "node:fs/promises";
import { fillTrail } from "@/test/audit-trail";
import { makeKey, makePerson } from "@/test/credentials";
import { seedFixture } from "@/test/fixture";
import { type BenchEnv, median, openBenchEnv, round } from "./bench-env";
import type { BenchReport } from "./bench-report";

const ENTRIES = Number(process.env["AUDIT_BENCH_ENTRIES"] || 1_000_000);
const MONTHS = 12;
const PAGE_SIZE = 50;
const DEEP_PAGE = 1_000;
const SAMPLES = 200;
const SEARCHES = 20;
const SMALL_EXPORT = 100_000;

const LIST = "/v1/admin/audit-log";

/** Rare, frequent, common, long gone, never written, and as short as possible. */
const TEXTS = ["a rare one", "a frequent one", "a common matter", "a bygone one", "nobody wrote this", "#zq"];

/** V8 grows its heap up to the limit before it collects. A small limit shows what the server really needs. */
export const SMALL_CONTAINER = { NODE_OPTIONS: "--max-old-space-size=400" };

/** With a year of entries: pages, text searches, and the memory of an export. */
export default async function auditReading(): Promise<BenchReport> {
  const benchEnv = await openBenchEnv(SMALL_CONTAINER);
  try {
    console.log(`writing ${ENTRIES} entries`);
    await fillYear(benchEnv, ENTRIES);
    const figures = {
      ...(await measurePages(benchEnv)),
      ...(await measureSearch(benchEnv)),
      ...(await measureExport(benchEnv)),
    };
    const yardstick = `the first page, and an export of ${SMALL_EXPORT} entries`;
    return { figures, yardstick, samples: SAMPLES };
  } finally {
    await benchEnv.close();
  }
}

/** Fills the trail with a year of unsealed entries of twenty organizations. */
export async function fillYear({ owner, fixture }: BenchEnv, entries: number): Promise<void> {
  const orgIds = [fixture.orgId];
  while (orgIds.length < 20) orgIds.push((await seedFixture(owner)).orgId);
  await fillTrail(owner, { orgIds, count: entries, months: MONTHS });
}

/** Alternates between the first and the 1,000th page of the trail. */
export async function measurePages(benchEnv: BenchEnv): Promise<Record<string, number>> {
  const first = `${LIST}?limit=${PAGE_SIZE}`;
  const deep = `${first}&pq=${encodeURIComponent(await walkTo(benchEnv, first, DEEP_PAGE))}`;
  const times = { first: [] as number[], deep: [] as number[] };
  for (let sample = 0; sample < SAMPLES + 20; sample++) {
    const [firstMs, deepMs] = [await time(benchEnv, first), await time(benchEnv, deep)];
    if (sample < 20) continue;
    times.first.push(firstMs);
    times.deep.push(deepMs);
  }
  return {
    first_page_ms: round(median(times.first), 2),
    page_1000_ms: round(median(times.deep), 2),
    page_ratio: round(median(times.deep) / median(times.first), 3),
  };
}

/** Searches for text of every kind in reasons. */
export async function measureSearch(benchEnv: BenchEnv): Promise<Record<string, number>> {
  const times: number[] = [];
  const slowest: Record<string, number> = {};
  for (const text of TEXTS) {
    const own: number[] = [];
    for (let sample = 0; sample < SEARCHES; sample++) {
      own.push(await time(benchEnv, `${LIST}?${new URLSearchParams({ reason: text })}`));
    }
    slowest[text] = round(median(own), 0);
    times.push(...own);
  }
  console.log(`searches, median ms: ${JSON.stringify(slowest)}`);
  times.sort((left, right) => left - right);
  return { search_p95_ms: round(times[Math.floor(times.length * 0.95)]!, 1) };
}

/** The server's peak memory for exporting the whole trail, compared with 100,000 entries of it. */
export async function measureExport(given: BenchEnv): Promise<Record<string, number>> {
  const { id: ownerId } = await makePerson(given.owner, { role: "auditor" });
  const scopes = ["admin", "audit.read", "audit.export"];
  const benchEnv = { ...given, key: (await makeKey(given.owner, { ownerId, scopes })).text };
  const { rows } = await benchEnv.owner.query<{ at: Date }>(
    `SELECT occurred_at AS at FROM audit_entries ORDER BY occurred_at DESC, id DESC OFFSET ${SMALL_EXPORT} LIMIT 1`,
  );
  const small = `${LIST}/export?format=ndjson&from=${encodeURIComponent(rows[0]!.at.toISOString())}`;
  await exportAll(benchEnv, small); // the process's base memory
  const few = await exportAll(benchEnv, small);
  const all = await exportAll(benchEnv, `${LIST}/export?format=ndjson`);
  return {
    export_entries: all.lines,
    export_entries_per_second: round(all.lines / (all.ms / 1_000), 0),
    export_peak_mb: round(all.peakMb, 0),
    export_memory_ratio: round(all.peakMb / few.peakMb, 3),
  };
}

async function exportAll(
  benchEnv: BenchEnv,
  path: string,
): Promise<{ lines: number; ms: number; peakMb: number }> {
  const startedAt = performance.now();
  const response = await fetchPath(benchEnv, path);
  let [lines, peakMb] = [0, 0];
  for await (const chunk of response.body!) {
    for (const byte of chunk) if (byte === 0x0a) lines++;
    peakMb = Math.max(peakMb, await readMemoryMb(benchEnv.server.pid));
  }
  return { lines, ms: performance.now() - startedAt, peakMb };
}

/** A process's current memory. */
async function readMemoryMb(pid: number): Promise<number> {
  const [, kB] = /^VmRSS:\s+(\d+) kB$/m.exec(await readFile(`/proc/${pid}/status`, "utf8")) ?? [];
  return Number(kB) / 1_024;
}

/** @returns the cursor of a page, reached page by page as a reader would */
async function walkTo(benchEnv: BenchEnv, list: string, page: number): Promise<string> {
  let cursor = "";
  for (let at = 1; at < page; at++) {
    const path = cursor ? `${list}&pq=${encodeURIComponent(cursor)}` : list;
    cursor = ((await (await fetchPath(benchEnv, path)).json()) as { next: string }).next;
  }
  return cursor;
}

async function time(benchEnv: BenchEnv, path: string): Promise<number> {
  const startedAt = performance.now();
  await (await fetchPath(benchEnv, path)).arrayBuffer();
  return performance.now() - startedAt;
}

async function fetchPath({ server, key }: BenchEnv, path: string): Promise<Response> {
  const response = await fetch(server.baseUrl + path, { headers: { Authorization: `Bearer ${key}` } });
  if (!response.ok) throw new Error(`${path} was answered ${response.status}: ${await response.text()}`);
  return response;
}
