import { ask, timeAnswer } from "./ask";
import { fillRuns, type BenchEnv, median, openBenchEnv, round } from "./bench-env";
import type { BenchReport } from "./bench-report";

const RUNS = 1_000_000;
const PAGE_SIZE = 50;
const DEEP_PAGE = 1_000;
const SAMPLES = 300;

/** At a million runs, interleaved: one run by ID, and the first and the 1,000th page of a filtered list. */
export default async function read(): Promise<BenchReport> {
  const benchEnv = await openBenchEnv();
  try {
    console.log(`writing ${RUNS} runs`);
    await fillRuns(benchEnv, RUNS, 0.5);
    const list = `/v1/admin/runs?limit=${PAGE_SIZE}&q=${encodeURIComponent("status_code:succeeded")}`;
    const deep = `${list}&pq=${encodeURIComponent(await walkTo(benchEnv, list, DEEP_PAGE))}`;
    const { rows } = await benchEnv.owner.query<{ id: string }>("SELECT id FROM runs LIMIT 1 OFFSET 1000");
    const paths = { get: `/v1/runs/${rows[0]!.id}`, first: list, deep };
    const times: Record<keyof typeof paths, number[]> = { get: [], first: [], deep: [] };
    for (let sample = 0; sample < SAMPLES + 30; sample++) {
      for (const name of Object.keys(paths) as (keyof typeof paths)[]) {
        const ms = await timeAnswer(benchEnv, paths[name]);
        if (sample >= 30) times[name].push(ms);
      }
    }
    const figures = {
      get_run_ms: round(median(times.get), 2),
      first_page_ms: round(median(times.first), 2),
      page_1000_ms: round(median(times.deep), 2),
      page_ratio: round(median(times.deep) / median(times.first), 3),
      runs: RUNS,
    };
    return { figures, yardstick: "the first page of the same list", samples: SAMPLES };
  } finally {
    await benchEnv.close();
  }
}

/** @returns the cursor of a page, reached page by page as a reader would */
async function walkTo(benchEnv: BenchEnv, list: string, page: number): Promise<string> {
  let cursor = "";
  for (let at = 1; at < page; at++) {
    const path = cursor ? `${list}&pq=${encodeURIComponent(cursor)}` : list;
    const { next } = (await (await ask(benchEnv, path)).json()) as { next: string };
    cursor = next;
  }
  return cursor;
}
