import { beforeAll, expect, test } from "vitest";
import pg from "pg";
import { makeCustomers } from "@/demo/start/customers";
import { useDatabase } from "@/test/database";
import { makeCallbackSecret } from "@/test/deliveries";
import { TEST_ENCRYPTION_KEY } from "@/test/server";
import { seed } from "../seed";
import { introduceCustomers } from "./introduce-customers";

/** A demo as an earlier version seeded it, with a secret that a person has created since. */
const database = useDatabase();
const customers = makeCustomers();
let own: string;
beforeAll(async () => {
  await seed({ databaseUrl: database().ownerUrl, runs: 200 });
  const [{ id }] = (await rows("SELECT id FROM organizations WHERE slug = 'papaya'")) as [{ id: string }];
  own = await makeCallbackSecret(database().owner, id, "rf_whs_of_a_person");
});

const rows = async (sql: string) => (await database().owner.query(sql)).rows as Record<string, unknown>[];
const count = async (table: string) => (await rows(`SELECT FROM ${table}`)).length;
const readAll = () =>
  rows(
    `SELECT id::text, (is_current, disabled_at)::text AS about FROM callback_secrets
     UNION ALL SELECT id::text, (is_enabled, description, deleted_at)::text FROM webhooks
     UNION ALL SELECT id::text, (hash, revoked_at)::text FROM api_keys ORDER BY 1`,
  );

async function introduce(origin: string): Promise<void> {
  const client = new pg.Client({ connectionString: database().ownerUrl });
  await client.connect();
  const introduction = { customers, origin, encryptionKey: TEST_ENCRYPTION_KEY };
  await introduceCustomers(client, introduction, new Date()).finally(() => client.end());
}

test("older demo: gets its customers, keeps its data", async () => {
  const before = await readAll();
  const runs = await rows("SELECT * FROM runs ORDER BY id");
  const deliveries = await count("deliveries");
  await introduce("http://127.0.0.1:20998");
  const after = await readAll();
  expect(after).toEqual(expect.arrayContaining(before));
  expect(await count("webhooks")).toBe(6);
  expect(await count("api_keys WHERE name = 'Storefront'")).toBe(7);
  expect(await count("callback_secrets")).toBe(7);
  expect(
    await rows(
      "SELECT s.id FROM callback_secrets s JOIN organizations o ON o.id = s.org_id WHERE o.slug = 'papaya'",
    ),
  ).toEqual([{ id: own }]);
  expect(await count("deliveries")).toBe(deliveries);
  expect(await rows("SELECT * FROM runs ORDER BY id")).toEqual(runs);
});

test("later start: changes only the URL of an endpoint that moved", async () => {
  await database().owner.query(
    "UPDATE webhooks SET is_enabled = false, deleted_at = now() WHERE description = 'On call'",
  );
  await database().owner.query(
    "UPDATE webhooks SET url = 'https://example.com/hook' WHERE description = 'Order desk'",
  );
  const before = await readAll();
  await introduce("http://127.0.0.1:20999");
  expect(await readAll()).toEqual(before);
  expect(await count("webhooks WHERE url LIKE 'http://127.0.0.1:20999/%'")).toBe(5);
  expect(await count("webhooks WHERE url = 'https://example.com/hook'")).toBe(1);
});
