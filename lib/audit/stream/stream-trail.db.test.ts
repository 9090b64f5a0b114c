import { randomUUID } from "node:crypto";
import { beforeAll, expect, test } from "vitest";
import { sealEntries } from "@/lib/audit/sealing/seal-entries";
import { readNewestPosition, readTrail } from "@/lib/audit/trail/read-trail";
import { useDatabase } from "@/test/database";
import { seedFixture, type Fixture } from "@/test/fixture";
import { streamTrail } from "./stream-trail";
import { TrailWatch } from "./trail-watch";

const database = useDatabase();
let fixture: Fixture;

beforeAll(async () => {
  const { owner, worker } = database();
  fixture = await seedFixture(owner);
  await owner.query(
    `INSERT INTO audit_entries (org_id, action, occurred_at, actor_type, actor_id, actor_name, target_type, target_id,
       target_label, source, request_id, meta)
     SELECT $1, 'webhook.tested', clock_timestamp(), 'system', $1, 'Drill', 'webhook', $1, 'x', 'system', 'req_x', '{"reason": null, "ticket": null}'
     FROM generate_series(1, 1000)`,
    [fixture.orgId],
  );
  const client = await worker.connect();
  await sealEntries(client, 1_000);
  client.release();
});

test("stream: ends when the caller's reach changes, and drops entries waiting under the old one", async () => {
  const { db } = database();
  const caller = { ...fixture.support, credentialId: randomUUID() };
  const body = await streamTrail(new TrailWatch(() => readNewestPosition(db)), caller, {
    after: 0,
    loc: [],
    readNewest: () => readNewestPosition(db),
    readPart: (reach, after) => readTrail(db, reach, after, 50),
    heartbeatMs: 50,
    readCallerAgain: async () => ({ ...caller, reach: { all: false, orgIds: [] } }),
  });
  const reader = body.getReader();
  let text = "";
  for (let read; !(read = await reader.read()).done;) text += new TextDecoder().decode(read.value);
  expect(text).toMatch(/^retry: \d+\n\nid: 0\nevent: beat\n/);
});

test("stream: reads only as fast as the client does", async () => {
  const { db } = database();
  const watch = new TrailWatch(() => readNewestPosition(db));
  const caller = { ...fixture.support, credentialId: randomUUID() };
  let reads = 0;
  const body = await streamTrail(watch, caller, {
    after: 0,
    loc: [],
    readNewest: () => readNewestPosition(db),
    readPart: (reach, after) => {
      reads++;
      return readTrail(db, reach, after, 50);
    },
    heartbeatMs: 60_000,
    readCallerAgain: async () => caller,
  });
  const reader = body.getReader();
  const ids: number[] = [];
  let looks = 0;
  watch.follow({ hear: () => looks++, onLost: () => {} });
  for (let part = 1; part <= 20; part++) {
    while (ids.length < part * 50) {
      const { value } = await reader.read();
      const text = new TextDecoder().decode(value);
      ids.push(...[...text.matchAll(/^id: (\d+)\nevent: entry$/gm)].map(([, id]) => Number(id)));
    }
    // Only the next part is read ahead, plus the one being sent.
    const before = looks;
    if (part % 10 === 1) await expect.poll(() => looks, { timeout: 5_000 }).toBeGreaterThan(before + 2);
    expect(reads).toBeLessThanOrEqual(part + 2);
  }
  expect(ids).toEqual(Array.from({ length: 1000 }, (_, index) => index + 1));
  await reader.cancel();
});
