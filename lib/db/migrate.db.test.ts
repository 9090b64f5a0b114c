import { expect, test } from "vitest";
import { useDatabase } from "@/lib/testing/database";
import { databaseUrl, onServer, testServer } from "@/lib/testing/postgres";
import { migrate } from "./migrate";
import { readMigrations } from "./schema-engine";

const database = useDatabase();

test("several processes that migrate at once apply each migration once", async () => {
  const name = `${database().name}_again`;
  await onServer(database().ownerUrl, `CREATE DATABASE ${name}`);
  try {
    const url = databaseUrl(testServer(), name);
    const applied = (await Promise.all([migrate(url), migrate(url), migrate(url)])).flat();
    const { migrationDirectories } = await readMigrations();
    expect(applied.toSorted()).toEqual(migrationDirectories.map(({ path }) => path));
  } finally {
    await onServer(database().ownerUrl, `DROP DATABASE ${name} WITH (FORCE)`);
  }
});
