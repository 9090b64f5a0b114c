import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { makeKey, makePerson } from "@/test/credentials";
import { cloneDatabase, type TestDatabase } from "@/test/database";
import { seedFixture } from "@/test/fixture";
import { type RaceEnv, type RaceResult, raceOnce } from "@/test/race";
import { startServers, type TestServerProcess } from "@/test/server";

/** A dozen in `npm test`; `npm run drill -- race` runs hundreds. */
const SEEDS = Number(process.env["RACE_SEEDS"] || 12);
const CALLERS = 200;

type Laboratory = { database: TestDatabase; servers: TestServerProcess[]; env: RaceEnv };

async function openLaboratory(prepare?: (database: TestDatabase) => Promise<unknown>): Promise<Laboratory> {
  const database = await cloneDatabase();
  await prepare?.(database);
  const servers = await startServers({ databaseUrl: database.appUrl, processes: 2 });
  const keys = await Promise.all([1, 2, 3].map(() => makeAdminKey(database)));
  const baseUrls = servers.map((server) => server.baseUrl);
  return {
    database,
    servers,
    env: { owner: database.owner, fixture: await seedFixture(database.owner), baseUrls, keys },
  };
}

async function closeLaboratory({ servers, database }: Laboratory): Promise<void> {
  await Promise.all(servers.map((server) => server.stop()));
  await database.drop();
}

async function race({ env }: Laboratory, seeds: number): Promise<RaceResult[]> {
  const results: RaceResult[] = [];
  for (let seed = 1; seed <= seeds; seed++) results.push(await raceOnce(env, seed, CALLERS));
  return results;
}

describe(`${CALLERS} concurrent cancels of one run, over two servers, while the provider reports`, () => {
  let laboratory: Laboratory;
  beforeAll(async () => void (laboratory = await openLaboratory()));
  afterAll(() => closeLaboratory(laboratory));

  test(
    "one winner; a cancel makes one 201, one entry and one job; every other answer is true",
    { timeout: 30_000 + SEEDS * 10_000 },
    async () => {
      const results = await race(laboratory, SEEDS);
      expect(results.flatMap(({ violations }) => violations)).toEqual([]);
      expect(new Set(results.map(({ winner }) => winner))).toEqual(new Set(["cancel", "provider"]));
    },
  );
});

describe("the same race without the database guard", () => {
  let laboratory: Laboratory;
  beforeAll(async () => void (laboratory = await openLaboratory(removeGuard)));
  afterAll(() => closeLaboratory(laboratory));

  test("fails visibly, which proves that the test above can fail", async () => {
    // With the fourth seed the provider is silent, so every cancel believes that it is the first.
    const results = await race(laboratory, 4);
    expect(results.flatMap(({ violations }) => violations)).toContainEqual(
      expect.stringMatching(/responses of 201/),
    );
  });
});

/** Removes every rule that keeps a terminal run terminal: the guard in the WHERE and its backups. */
const removeGuard = ({ owner }: TestDatabase) =>
  owner.query(`
    ALTER TABLE runs DROP CONSTRAINT runs_end_together;
    DROP TRIGGER runs_terminal_is_final ON runs;
    DO $$ DECLARE once regclass; BEGIN
      FOR once IN SELECT indexrelid FROM pg_index WHERE indexrelid::regclass::text LIKE '%cancelled_once' LOOP
        EXECUTE 'DROP INDEX ' || once;
      END LOOP;
    END $$;
    CREATE OR REPLACE FUNCTION is_terminal(status run_status) RETURNS boolean
      LANGUAGE sql IMMUTABLE PARALLEL SAFE RETURN false;
  `);

async function makeAdminKey({ owner }: TestDatabase): Promise<string> {
  const { id: ownerId } = await makePerson(owner, { role: "admin" });
  return (await makeKey(owner, { ownerId })).text;
}
