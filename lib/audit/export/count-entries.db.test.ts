import { expect, test } from "vitest";
import { useDatabase } from "@/test/database";
import { seedFixture } from "@/test/fixture";
import { growTrail } from "@/test/grow-trail";
import { countEntries } from "./count-entries";

const database = useDatabase();

test("count entries: matches within reach, with their time range", async () => {
  const { owner, db } = database();
  const [mine, other] = [await seedFixture(owner), await seedFixture(owner)];
  await growTrail(database(), [mine], 3);
  await growTrail(database(), [other], 2);
  const { rows } = await owner.query<{ first: Date; last: Date }>(
    "SELECT min(occurred_at) AS first, max(occurred_at) AS last FROM audit_entries WHERE org_id = $1",
    [mine.orgId],
  );
  const reach = { all: false, orgIds: [mine.orgId] } as const;
  const size = await countEntries(db, reach, {});
  expect(size).toMatchObject({ entries: 3, isMore: false });
  expect([size.from, size.to].map((text) => new Date(text!))).toEqual([rows[0]!.first, rows[0]!.last]);
  expect(await countEntries(db, { all: true }, { org_id: other.orgId })).toMatchObject({ entries: 2 });
  expect(await countEntries(db, reach, { to: "2020-01-01" })).toEqual({
    entries: 0,
    isMore: false,
    from: null,
    to: null,
  });
});
