import { randomUUID } from "node:crypto";
import { beforeAll, expect, test } from "vitest";
import { useDatabase } from "@/test/database";
import { makeRun, seedFixture, type Fixture } from "@/test/fixture";
import { findRelatedRuns } from "./find-related-runs";

const database = useDatabase();
let fixture: Fixture;
beforeAll(async () => void (fixture = await seedFixture(database().owner)));

type Traits = { batch_id?: string; api_key_id?: string; ageMs?: number; in?: Fixture };

async function make({ ageMs = 10_000, in: where = fixture, ...fields }: Traits): Promise<string> {
  const { owner } = database();
  const id = await makeRun(owner, where, { ageMs });
  for (const [name, value] of Object.entries(fields))
    await owner.query(`UPDATE runs SET ${name} = $1 WHERE id = $2`, [value, id]);
  return id;
}

test("related runs: share a batch or key, newest first, never another customer's", async () => {
  const other = await seedFixture(database().owner);
  const batch_id = randomUUID();
  const api_key_id = fixture.customer.credentialId;
  const run = await make({ batch_id, api_key_id });
  const older = await make({ batch_id, ageMs: 60_000 });
  const newer = await make({ batch_id, ageMs: 1_000 });
  const sameKey = await make({ api_key_id });
  await make({ batch_id, in: other });
  await make({ batch_id: randomUUID() });
  const groups = await findRelatedRuns(database().db, run);
  expect(groups.map(({ runs, ...group }) => ({ ...group, ids: runs.map(({ id }) => id) }))).toEqual([
    {
      because: "batch_id",
      value: batch_id,
      expression: `batch_id:'${batch_id}'`,
      ids: [newer, older],
      hasMore: false,
    },
    {
      because: "api_key_id",
      value: api_key_id,
      expression: `api_key_id:'${api_key_id}'`,
      ids: [sameKey],
      hasMore: false,
    },
  ]);
});

test("related runs: only the five newest", async () => {
  const batch_id = randomUUID();
  const ids = [];
  for (let ageMs = 20_000; ageMs > 12_000; ageMs -= 1_000) ids.push(await make({ batch_id, ageMs }));
  const [group] = await findRelatedRuns(database().db, ids[0]!);
  expect(group?.runs.map(({ id }) => id)).toEqual(ids.slice(-5).toReversed());
  expect(group?.hasMore).toBe(true);
});

test("related runs: none for a run that shares no value", async () => {
  expect(await findRelatedRuns(database().db, await make({}))).toEqual([]);
});
