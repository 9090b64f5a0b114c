import { expect, test } from "vitest";
import { useDatabase } from "@/test/database";
import { endRuns } from "@/test/deliveries";
import { makeRun, seedFixture } from "@/test/fixture";
import { type Receiver, startReceiver } from "@/test/receiver";
import { startWorker, type TestWorkerProcess } from "@/test/worker";

/** A few in `npm test`; `npm run drill -- deliveries` takes thousands. */
const TRANSITIONS = Number(process.env["DELIVERY_TRANSITIONS"] || 400);
const PER_STATEMENT = 5;
const WORKERS = 2;
const RECEIVERS = 4;
/** Transitions per kill. */
const KILL_EVERY = Math.max(100, Math.floor(TRANSITIONS / 25));

const database = useDatabase();

test(
  `workers killed amid ${TRANSITIONS} transitions: no delivery is lost or invented`,
  { timeout: 180_000 + TRANSITIONS * 100 },
  async () => {
    const { owner, workerUrl } = database();
    const fixture = await seedFixture(owner);
    const receivers = await Promise.all(Array.from({ length: RECEIVERS }, startReceiver));
    const ids: string[] = [];
    for (let n = 0; n < TRANSITIONS + 50; n++) ids.push(await makeRun(owner, fixture));
    await owner.query(
      `UPDATE runs SET callback_url = ($2::text[])[1 + n % ${RECEIVERS}]
       FROM unnest($1::uuid[]) WITH ORDINALITY AS named(id, n) WHERE runs.id = named.id`,
      [ids, receivers.map(({ origin }) => `${origin}/hook`)],
    );
    const [ending, staying] = [ids.slice(0, TRANSITIONS), ids.slice(TRANSITIONS)];
    const workers: TestWorkerProcess[] = await Promise.all(
      Array.from({ length: WORKERS }, () => startWorker(workerUrl, { LOG_LEVEL: "info" })),
    );
    let kills = 0;
    let nextKill = Math.floor(Math.random() * KILL_EVERY);
    try {
      for (let at = 0; at < ending.length; at += PER_STATEMENT) {
        await endRuns(owner, ending.slice(at, at + PER_STATEMENT));
        if (at < nextKill) continue;
        nextKill = at + 1 + Math.floor(Math.random() * 2 * KILL_EVERY);
        const victim = Math.floor(Math.random() * WORKERS);
        kills++;
        await workers[victim]!.kill();
        workers[victim] = await startWorker(workerUrl);
      }
      // The jobs of a dead worker return within two minutes.
      const pending = async () =>
        (await owner.query("SELECT FROM deliveries WHERE state <> 'delivered'")).rowCount;
      await expect.poll(pending, { timeout: 120_000, interval: 1_000 }).toBe(0);
    } finally {
      await Promise.all(workers.map((worker) => worker.stop()));
      await Promise.all(receivers.map((receiver) => receiver.close()));
    }
    await judge(receivers, ending, staying, kills);
  },
);

async function judge(receivers: Receiver[], ending: string[], staying: string[], kills: number) {
  const heard = receivers.flatMap((receiver) => receiver.heard);
  const idsOf = new Map<string, Set<unknown>>();
  for (const { headers, body } of heard) {
    const { run_id } = JSON.parse(body.toString("utf8")) as { run_id: string };
    const known = idsOf.get(run_id) ?? new Set();
    idsOf.set(run_id, known.add(headers["runflow-request-id"]));
  }
  expect(kills).toBeGreaterThan(0);
  expect(ending.filter((id) => !idsOf.has(id))).toEqual([]);
  expect(staying.filter((id) => idsOf.has(id))).toEqual([]);
  // A repeated message has the same id as before.
  expect([...idsOf.values()].filter((ids) => ids.size !== 1)).toEqual([]);
  const { rows } = await database().owner.query<{ id: string }>("SELECT id FROM deliveries");
  expect(new Set([...idsOf.values()].flatMap((ids) => [...ids]))).toEqual(new Set(rows.map(({ id }) => id)));
  console.log(`${ending.length} deliveries, ${kills} kills, ${heard.length - ending.length} duplicates`);
}
