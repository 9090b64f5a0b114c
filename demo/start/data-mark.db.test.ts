import { expect, test } from "vitest";
import { migrate } from "@/lib/platform/db/migrate";
import { readMigrations } from "@/lib/platform/db/schema-engine";
import { useDatabase } from "@/test/database";
import { emptyDatabase, readDataMark, writeDataMark } from "./data-mark";

const database = useDatabase();

test("emptied database: empty, can be seeded again", async () => {
  const { owner, ownerUrl } = database();
  const mark = { installation: "a1", seeding: "b2" };
  await writeDataMark(ownerUrl, mark);
  expect(await readDataMark(ownerUrl)).toEqual(mark);
  await owner.query("CREATE SCHEMA of_somebody_else");

  await emptyDatabase(ownerUrl);
  expect(await readDataMark(ownerUrl)).toBe("empty");
  const { rows } = await owner.query<{ name: string }>(
    "SELECT nspname AS name FROM pg_namespace WHERE nspname !~ '^pg_|^information_schema$' ORDER BY nspname",
  );
  expect(rows.map(({ name }) => name)).toEqual(["of_somebody_else", "public"]);

  const { migrationDirectories } = await readMigrations();
  expect(await migrate(ownerUrl)).toHaveLength(migrationDirectories.length);
});
