import { chromium } from "@playwright/test";
import { BROWSER_FLAGS, findBrowser } from "@/test/browser";
import { makePerson, signIn } from "@/test/credentials";
import { median, openBenchEnv, round } from "./bench-env";
import type { BenchReport } from "./bench-report";
import { fillConsole } from "./console/fill-console";
import { fillTrail, makeLongRun } from "./pages/fill-trail";
import { fillInSignIn, useRun, useRuns, useTrail } from "./pages/journeys";
import { type Visit, visitCold } from "./pages/visit-cold";
import { loadCollector, type Vitals } from "./pages/vitals";

const RUNS = 100_000;
const ENTRIES = 100_000;
const LOADS = 9;
const WARM_UP = 50;

/**
 * The pages as a visitor experiences them: largest contentful paint, layout shift, and the slowest
 * interaction. Every load uses a new browser, so it is the page's first.
 */
export default async function pages(): Promise<BenchReport> {
  const benchEnv = await openBenchEnv();
  const { executablePath, env } = await findBrowser();
  const browser = await chromium.launch({
    executablePath,
    env: { ...(process.env as Record<string, string>), ...env },
    args: BROWSER_FLAGS,
  });
  try {
    console.log(`writing ${RUNS} runs and ${ENTRIES} audit entries`);
    await fillConsole(benchEnv.owner, RUNS);
    await fillTrail(benchEnv.owner, ENTRIES);
    const runId = await makeLongRun(benchEnv.owner);
    await benchEnv.owner.query("VACUUM ANALYZE");
    const { baseUrl } = benchEnv.server;
    const { Cookie: cookie } = await signIn(baseUrl, await makePerson(benchEnv.owner));
    const common = { baseUrl, cookie, collector: await loadCollector() };
    const visits: Record<string, Visit> = {
      sign_in: { ...common, path: "/sign-in", cookie: undefined, journey: fillInSignIn },
      runs: { ...common, path: "/runs", journey: useRuns },
      run: { ...common, path: `/runs/${runId}`, journey: useRun },
      audit: { ...common, path: "/audit", journey: useTrail },
    };
    const found = Object.fromEntries(Object.keys(visits).map((name) => [name, [] as Vitals[]]));
    for (const { path, cookie: Cookie } of Object.values(visits)) await warmUp(baseUrl + path, { Cookie });
    // Interleaved, after one round that warms up the browser.
    for (let load = 0; load <= LOADS; load++) {
      for (const [name, visit] of Object.entries(visits)) {
        const vitals = await visitCold(browser, visit);
        if (load === 0) continue;
        found[name]!.push(vitals);
        console.log(`${name} ${load}: ${describe(vitals)}`);
      }
    }
    return {
      figures: Object.assign({}, ...Object.entries(found).map(([name, list]) => summarize(name, list))),
      yardstick: "/sign-in of the same server, only a form: sign_in",
      samples: LOADS,
    };
  } finally {
    await browser.close();
    await benchEnv.close();
  }
}

/** A server in use answers twice as fast as a new one, whose code isn't compiled yet. */
async function warmUp(url: string, { Cookie }: { Cookie: string | undefined }): Promise<void> {
  for (let n = 0; n < WARM_UP; n++)
    await (await fetch(url, { headers: Cookie ? { Cookie } : {} })).arrayBuffer();
}

const describe = ({ lcpMs, cls, moved, inpMs, slowest }: Vitals): string =>
  `LCP ${lcpMs.toFixed(0)} ms, CLS ${cls.toFixed(4)} (${moved}), INP ${inpMs} ms (${slowest})`;

/** The loads' median, and the worst. */
function summarize(name: string, list: Vitals[]): Record<string, number> {
  const of = (key: "lcpMs" | "cls" | "inpMs", digits: number, unit: string) => {
    const values = list.map((vitals) => vitals[key]);
    const figure = `${name}_${key.replace("Ms", "")}`;
    return {
      [`${figure}${unit}`]: round(median(values), digits),
      [`${figure}_worst${unit}`]: round(Math.max(...values), digits),
    };
  };
  return { ...of("lcpMs", 0, "_ms"), ...of("cls", 4, ""), ...of("inpMs", 0, "_ms") };
}
