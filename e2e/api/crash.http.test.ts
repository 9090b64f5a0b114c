import { expect, test } from "vitest";
import { makeKey, makePerson } from "@/test/credentials";
import { useDatabase } from "@/test/database";
import { makeRun, seedFixture } from "@/test/fixture";
import { QUEUED_EFFECTS } from "@/test/queued-effects";
import { startServers } from "@/test/server";

/** A few in `npm test`; `npm run drill -- crash` runs dozens. */
const ROUNDS = Number(process.env["CRASH_ROUNDS"] || 4);
const CALLERS = 24;

const database = useDatabase();

test(
  `server killed amid ${CALLERS} streams of cancels: no partial change, no broken promise`,
  {
    timeout: 30_000 + ROUNDS * 20_000,
  },
  async () => {
    const { owner, appUrl } = database();
    const fixture = await seedFixture(owner);
    const { id: ownerId } = await makePerson(owner, { role: "admin" });
    const { text: key } = await makeKey(owner, { ownerId });
    const promised: string[] = [];
    let unanswered = 0;

    for (let round = 1; round <= ROUNDS; round++) {
      const [server] = await startServers({ databaseUrl: appUrl });
      // Each round kills at a different moment: when this many answers have arrived.
      const killAfter = promised.length + 20 + round * 17;
      let killed: Promise<void> | undefined;
      const stream = async () => {
        while (!killed) {
          const runId = await makeRun(owner, fixture, { status: "running" });
          const url = `${server!.baseUrl}/v1/admin/runs/${runId}/cancellation`;
          const headers = { Authorization: `Bearer ${key}` };
          const response = await fetch(url, { method: "POST", headers }).catch(() => undefined);
          if (!response) unanswered++;
          else if (response.status === 201) promised.push(runId);
          else throw new Error(`a cancel was answered ${response.status}`);
          if (promised.length >= killAfter) killed ??= server!.kill();
        }
      };
      await Promise.all(Array.from({ length: CALLERS }, stream));
      await killed;
    }

    expect(promised.length).toBeGreaterThan(20 * ROUNDS);
    expect(unanswered).toBeGreaterThan(0);
    const { rows } = await owner.query<{ id: string; is_cancelled: boolean; entries: number; jobs: number }>(`
    WITH queued AS MATERIALIZED (${QUEUED_EFFECTS})
    SELECT r.id, r.status_code = 'canceled' AS is_cancelled,
      (SELECT count(*)::int FROM audit_entries a WHERE a.target_id = r.id) AS entries,
      (SELECT count(*)::int FROM queued q WHERE q.run_id = r.id::text) AS jobs
    FROM runs r`);
    const state = new Map(rows.map((row) => [row.id, row]));
    expect(promised.filter((id) => !state.get(id)?.is_cancelled)).toEqual([]);
    expect(
      rows.filter((row) => row.entries !== Number(row.is_cancelled) || row.jobs !== row.entries),
    ).toEqual([]);
  },
);
