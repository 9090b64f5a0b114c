import { afterAll, beforeAll, expect, test } from "vitest";
import { reconcile } from "@/lib/billing/reconcile";
import { signProviderEvent } from "@/lib/runs/provider-signature";
import { callHttp } from "@/test/call-http";
import { makeKey, makePerson } from "@/test/credentials";
import { cloneDatabase, type TestDatabase } from "@/test/database";
import { makeRun, seedFixture, type Fixture } from "@/test/fixture";
import { startServers, TEST_PROVIDER_SECRET, type TestServerProcess } from "@/test/server";

const RUNS = 30;

let database: TestDatabase;
let servers: TestServerProcess[] = [];
let fixture: Fixture;
let key: Record<string, string>;
beforeAll(async () => {
  database = await cloneDatabase();
  servers = await startServers({ databaseUrl: database.appUrl, processes: 3 });
  fixture = await seedFixture(database.owner);
  const { id: ownerId } = await makePerson(database.owner, { role: "admin" });
  key = (await makeKey(database.owner, { ownerId })).headers;
});
afterAll(async () => {
  await Promise.all(servers.map((server) => server.stop()));
  await database.drop();
});

/** An overloaded server returns 503, and the provider and the script retry. */
async function send(
  baseUrl: string,
  path: string,
  request: { headers: Record<string, string>; body: string },
) {
  for (;;) {
    const answer = await callHttp(baseUrl, "POST", path, request);
    if (answer.status !== 503) return answer;
  }
}

/** Sends one event twice to every process, and a second event with another charge; all report the end. */
const reportsOf = (runId: string) =>
  servers.flatMap(({ baseUrl }, process) =>
    [1, 2, 3].map((k) => () => {
      const occurred_at = new Date().toISOString();
      const event = { event_id: `${runId} ${k}`, status_code: "succeeded", occurred_at };
      const body = JSON.stringify({
        ...event,
        output: { outputs: [] },
        cost: k === 3 ? `0.${process + 3}` : "0.1",
      });
      const headers = { "Runflow-Signature": signProviderEvent(TEST_PROVIDER_SECRET, body) };
      return send(baseUrl, `/v1/provider/runs/${runId}/events`, { headers, body });
    }),
  );

test(`billing: ${RUNS} runs reported and canceled at once over three processes are charged once each`, async () => {
  const runIds = await Promise.all(Array.from({ length: RUNS }, () => makeRun(database.owner, fixture)));
  const cancel = (runId: string, n: number) =>
    send(servers[n % servers.length]!.baseUrl, `/v1/admin/runs/${runId}/cancellation`, {
      headers: key,
      body: "{}",
    });
  const answers = await Promise.all(
    runIds.map(async (runId, n) => {
      // Every third run is canceled before its reports arrive, so all of them are late; the others race.
      const early = n % 3 === 0 ? [await cancel(runId, n)] : [];
      const reports = reportsOf(runId).map((report) => report());
      return [...early, ...(await Promise.all([cancel(runId, n + 1), ...reports]))];
    }),
  ).then((each) => each.flat());
  expect(answers.filter(({ status }) => status !== 200 && status !== 201)).toEqual([]);

  const { rows } = await database.owner.query<{ status: string; charges: number }>(
    `SELECT r.status_code AS status, count(l.run_id)::int AS charges
     FROM runs r LEFT JOIN ledger_entries l ON l.run_id = r.id WHERE r.id = ANY($1) GROUP BY r.id`,
    [runIds],
  );
  expect(rows.map(({ charges }) => charges)).toEqual(runIds.map(() => 1));
  // Both outcomes must occur, or nothing raced.
  expect(new Set(rows.map(({ status }) => status))).toEqual(new Set(["canceled", "succeeded"]));
  expect(await reconcile(database.db)).toEqual([]);
});
