import { beforeEach, expect, test } from "vitest";
import { findKeyCaller } from "@/lib/identity/find-key-caller";
import type { Caller } from "@/lib/states/caller";
import { makeKey } from "@/test/credentials";
import { useDatabase } from "@/test/database";
import { makeStaff, TEST_CONTEXT } from "@/test/fixture";
import { admitComparison } from "./admit-comparison";

const database = useDatabase();
let ada: Caller;

beforeEach(async () => {
  ada = await makeStaff(database().owner, "support", "Ada");
});

const VALUE = "id:0199aaaa-0000-7000-8000-000000000001 AND metadata.campaign>='e'";
const admit = (q: string | undefined, caller = ada) =>
  admitComparison(database().db, { caller, context: TEST_CONTEXT, q });

async function expressionsOf({ actor }: Caller): Promise<unknown[]> {
  const { rows } = await database().owner.query<{ expression: unknown }>(
    "SELECT meta -> 'expression' AS expression FROM audit_entries WHERE actor_id = $1 AND action = 'metadata.compared' ORDER BY occurred_at, id",
    [actor.id],
  );
  return rows.map(({ expression }) => expression);
}

test("comparison of metadata: one entry per person and expression, even for many at once", async () => {
  const ben = await makeStaff(database().owner, "admin", "Ben");
  await Promise.all([...Array.from({ length: 8 }, () => admit(VALUE)), admit(VALUE, ben)]);
  await admit(`  ${VALUE} `);
  expect(await expressionsOf(ada)).toEqual([VALUE]);
  expect(await expressionsOf(ben)).toEqual([VALUE]);
  const next = VALUE.replace("'e'", "'ev'");
  await admit(next);
  expect(await expressionsOf(ada)).toEqual([VALUE, next]);
});

test("same comparison ten minutes later: another entry", async () => {
  await database().owner.query(
    `INSERT INTO audit_entries (org_id, action, occurred_at, actor_type, actor_id, actor_name, target_type, target_id,
       target_label, source, request_id, meta)
     SELECT org_id, action, clock_timestamp() - interval '10 minutes 1 second', actor_type, $1, 'Ada', target_type, target_id,
       target_label, source, request_id, meta
     FROM audit_entries WHERE action = 'metadata.compared' AND meta ->> 'expression' = $2 LIMIT 1`,
    [ada.actor.id, VALUE],
  );
  expect(await expressionsOf(ada)).toEqual([VALUE]);
  await admit(VALUE);
  expect(await expressionsOf(ada)).toEqual([VALUE, VALUE]);
});

test("no comparison, a refused one, or one by a key: no entry", async () => {
  const { owner, db } = database();
  for (const q of [undefined, "", "status_code:running", "metadata.campaign:null"]) await admit(q);
  expect(await expressionsOf(ada)).toEqual([]);
  const auditor = await makeStaff(owner, "auditor");
  await expect(admit(VALUE, auditor)).rejects.toMatchObject({ code: "PERMISSION_DENIED" });
  expect(await expressionsOf(auditor)).toEqual([]);
  const { text } = await makeKey(owner, { ownerId: ada.person.id });
  const key = (await findKeyCaller(db, text))!;
  await admit(VALUE, key);
  expect(await expressionsOf(key)).toEqual([]);
});
