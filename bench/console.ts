import { makeKey } from "@/test/credentials";
import { testSettings } from "@/test/server";
import { ask, timeAnswer } from "./ask";
import { type BenchEnv, median, openBenchEnv, quantile, round } from "./bench-env";
import type { BenchReport } from "./bench-report";
import { fillConsole } from "./console/fill-console";
import { keepPlans } from "./console/keep-plans";
import { countView, LISTS, LOOK_UPS, type Question, STUCK, VIEWS } from "./console/questions";
import { pickSubjects, type Subject } from "./console/subjects";

const RUNS = 1_000_000;
const SAMPLES = 200;
const WARM_UP = 20;
const SUBJECTS = 100;
/** An agent with access to only some customers runs different statements. */
const REACHED = 40;
const ALSO_WITHIN_REACH = ["look_up_short_id", "look_up_email", "list_running", "list_model", "stuck_list"];
const YARDSTICK = "get_run";

type Kind = { name: string; make(subject: Subject): Question; key: string; orgIds?: string[] };

/**
 * The console's requests at a million runs, interleaved: look-ups, filtered lists, view counts, stuck runs.
 */
export default async function consoleBench(): Promise<BenchReport> {
  const benchEnv = await openBenchEnv();
  try {
    console.log(`writing ${RUNS} runs`);
    await fillConsole(benchEnv.owner, RUNS);
    const subjects = await pickSubjects(benchEnv.owner, SUBJECTS);
    const kinds = await makeKinds(benchEnv);
    const times = await measure(benchEnv, kinds, subjects);
    const measured = report(times);
    // The verbs need the environment's secret to seal cursors.
    Object.assign(process.env, testSettings(benchEnv.appUrl, 0));
    const explained = kinds.filter(({ name }) => name !== YARDSTICK);
    await keepPlans(
      benchEnv.appUrl,
      explained.map(({ name, make, orgIds }) => ({
        name,
        question: make(subjects[0]!),
        reach: orgIds ? { all: false, orgIds } : { all: true },
      })),
    );
    return measured;
  } finally {
    await benchEnv.close();
  }
}

async function makeKinds(benchEnv: BenchEnv): Promise<Kind[]> {
  const { owner, key } = benchEnv;
  const { rows: orgs } = await owner.query<{ id: string; slug: string; name: string }>(
    "SELECT id, slug, name FROM organizations WHERE email LIKE 'hello@%' ORDER BY slug",
  );
  const { rows } = await owner.query<{ id: string }>("SELECT id FROM people WHERE kind = 'staff' LIMIT 1");
  const orgIds = orgs.filter((_org, at) => at % Math.floor(orgs.length / REACHED) === 0).map(({ id }) => id);
  const limited = await makeKey(owner, { ownerId: rows[0]!.id, orgIds });
  const views: Kind[] = [];
  for (const [name, query] of Object.entries(VIEWS)) {
    const id = await saveView(benchEnv, name, query);
    views.push({ name, make: () => countView(id, query, orgs), key });
  }
  const asked = Object.entries({ ...LOOK_UPS, ...LISTS, ...STUCK }).map(([name, make]) => ({
    name,
    make,
    key,
  }));
  const within = asked
    .filter(({ name }) => ALSO_WITHIN_REACH.includes(name))
    .map(({ name, make }) => ({ name: `${name}_within_reach`, make, key: limited.text, orgIds }));
  const yardstick = { name: YARDSTICK, make: ({ id }: Subject) => getRun(id), key };
  return [yardstick, ...asked, ...views, ...within];
}

const getRun = (id: string): Question => ({ path: `/v1/runs/${id}`, ask: () => Promise.resolve() });

async function saveView(benchEnv: BenchEnv, name: string, query: string): Promise<string> {
  const answer = await ask(benchEnv, "/v1/admin/views", { method: "POST", body: { name, query } });
  const { id } = (await answer.json()) as { id: string };
  return id;
}

async function measure(
  benchEnv: BenchEnv,
  kinds: Kind[],
  subjects: Subject[],
): Promise<Map<string, number[]>> {
  const times = new Map<string, number[]>(kinds.map(({ name }) => [name, []]));
  for (let sample = -WARM_UP; sample < SAMPLES; sample++) {
    const subject = subjects[(sample + WARM_UP) % subjects.length]!;
    for (const { name, make, key } of kinds) {
      const ms = await timeAnswer(benchEnv, make(subject).path, { key });
      if (sample >= 0) times.get(name)!.push(ms);
    }
  }
  return times;
}

function report(times: Map<string, number[]>): BenchReport {
  const kinds = [...times].map(([name, values]) => ({
    name,
    p50: median(values),
    p95: quantile(values, 0.95),
  }));
  for (const { name, p50, p95 } of kinds.toSorted((a, b) => b.p95 - a.p95)) {
    console.log(
      `${name.padEnd(32)} p50 ${p50.toFixed(1).padStart(7)} ms   p95 ${p95.toFixed(1).padStart(7)} ms`,
    );
  }
  const yardstick = kinds.find(({ name }) => name === YARDSTICK)!;
  const asked = kinds.filter(({ name }) => name !== YARDSTICK);
  const worst = Math.max(...asked.map(({ p95 }) => p95));
  const lookUps = asked.filter(({ name }) => name.startsWith("look_up_"));
  const figures = Object.fromEntries(
    kinds.flatMap(({ name, p50, p95 }) => [
      [`${name}_p50_ms`, round(p50, 1)],
      [`${name}_p95_ms`, round(p95, 1)],
    ]),
  );
  return {
    figures: {
      p95_ms: round(worst, 1),
      look_up_p95_ms: round(Math.max(...lookUps.map(({ p95 }) => p95)), 1),
      worst_ratio: round(worst / yardstick.p95, 1),
      ...figures,
      runs: RUNS,
    },
    yardstick: "GET /v1/runs/{id} of the same server, interleaved with the others: get_run",
    samples: SAMPLES,
  };
}
