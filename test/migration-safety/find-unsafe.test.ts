import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { findUnsafe } from "./find-unsafe";

/** The last migration from before the check (decision 065). */
const BASELINE = "20261202119999";
const FOLDER = "prisma/migrations";

const checked = readdirSync(FOLDER).filter((name) => /^\d{14}_/.test(name) && name > BASELINE);

test("migrations since the baseline: none locks a large table or breaks the version before", async () => {
  const found = await Promise.all(
    checked.map(async (name) => {
      const sql = readFileSync(path.join(FOLDER, name, "migration.sql"), "utf8");
      return (await findUnsafe(sql)).map(({ line, rule, message }) => `${name}:${line} ${rule}: ${message}`);
    }),
  );
  expect(found.flat()).toEqual([]);
});

/** Each statement with the rules that refuse it. */
const REFUSED: [sql: string, ...rules: string[]][] = [
  ["ALTER TABLE runs ADD COLUMN a uuid DEFAULT gen_random_uuid()", "adding-field-with-default"],
  ["ALTER TABLE runs ADD COLUMN a text NOT NULL", "adding-required-field"],
  ["ALTER TABLE runs ADD COLUMN a text GENERATED ALWAYS AS (b::text) STORED", "adding-field-with-default"],
  ["ALTER TABLE runs ALTER COLUMN a SET NOT NULL", "adding-not-nullable-field"],
  ["ALTER TABLE runs ALTER COLUMN a TYPE bigint", "changing-column-type"],
  ["ALTER TABLE runs ADD CONSTRAINT a CHECK (b > 0)", "new-check", "constraint-missing-not-valid"],
  ["ALTER TABLE runs ADD CONSTRAINT a CHECK (b > 0) NOT VALID", "new-check"],
  [
    "ALTER TABLE runs ADD CONSTRAINT a CHECK (b > 0) NOT VALID;\nALTER TABLE runs VALIDATE CONSTRAINT a",
    "new-check",
    "constraint-missing-not-valid",
  ],
  [
    "ALTER TABLE runs ADD CONSTRAINT a FOREIGN KEY (b) REFERENCES c (id)",
    "adding-foreign-key-constraint",
    "constraint-missing-not-valid",
    "new-check",
  ],
  [
    "ALTER TABLE runs ADD CONSTRAINT a UNIQUE (b)",
    "constraint-missing-not-valid",
    "disallowed-unique-constraint",
    "new-check",
  ],
  ["CREATE INDEX a ON runs (b)", "require-concurrent-index-creation"],
  ["CREATE UNIQUE INDEX a ON runs (b)", "require-concurrent-index-creation"],
  ["DROP INDEX a", "require-concurrent-index-deletion"],
  ["REINDEX TABLE runs", "require-concurrent-reindex"],
  ["ALTER TABLE runs DROP COLUMN a", "ban-drop-column"],
  ["ALTER TABLE runs RENAME COLUMN a TO b", "renaming-column"],
  ["ALTER TABLE runs RENAME TO b", "renaming-table"],
  ["DROP TABLE runs", "ban-drop-table"],
  ["ALTER TYPE run_status RENAME VALUE 'failed' TO 'broken'", "rename-enum-value"],
  ["DROP TYPE run_status", "drop-object"],
  ["DROP FUNCTION a(int)", "drop-object"],
  ["DROP VIEW a", "drop-object"],
  ["ALTER FUNCTION a(int) RENAME TO b", "rename"],
  ["ALTER TABLE runs SET SCHEMA b", "move-object"],
  ["REVOKE SELECT ON runs FROM console_web", "revoke"],
  ["UPDATE runs SET a = 1 WHERE b", "rewrite-rows"],
  ["DELETE FROM runs WHERE b", "rewrite-rows"],
  ["LOCK TABLE runs", "lock-table"],
  ["TRUNCATE runs", "truncate"],
  ["CLUSTER runs USING a", "rewrite-table"],
  ["VACUUM FULL runs", "rewrite-table"],
  ["CREATE TRIGGER a BEFORE INSERT ON runs FOR EACH ROW EXECUTE FUNCTION b()", "create-trigger"],
  ["DO $$ BEGIN EXECUTE 'DROP TABLE runs'; END $$", "hidden-sql"],
];

test.each(REFUSED)("%s: refused, unless a comment says why it is safe", async (sql, ...rules) => {
  const found = (await findUnsafe(`SELECT 1;\n-- a comment\n${sql};`)).map(({ rule }) => rule);
  expect(found.toSorted()).toEqual(rules.toSorted());
  const accepted = sql.replaceAll(/^/gm, "-- safe: the table is small and the version before ignores it\n");
  expect(await findUnsafe(`SELECT 1;\n${accepted};`)).toEqual([]);
});

test("comment without a reason, or before another statement: accepts nothing", async () => {
  const found = await findUnsafe(`
    -- safe: the version before never reads it
    SELECT 1;
    DROP VIEW a;
    -- safe: yes
    DROP VIEW b;
    -- safe: the version before never reads it
    DROP VIEW c;`);
  expect(found.map(({ line, rule }) => [line, rule])).toEqual([
    [4, "drop-object"],
    [6, "drop-object"],
  ]);
});

const ALLOWED = [
  "ALTER TABLE runs ADD COLUMN a text",
  "ALTER TABLE runs ADD COLUMN a boolean NOT NULL DEFAULT false",
  "CREATE TABLE a (id uuid PRIMARY KEY, b text NOT NULL);\nCREATE INDEX c ON a (b)",
  "CREATE INDEX CONCURRENTLY a ON runs (b)",
  "DROP INDEX CONCURRENTLY a",
  "ALTER TABLE runs VALIDATE CONSTRAINT a",
  "ALTER TYPE run_status ADD VALUE 'paused'",
  "GRANT SELECT ON runs TO console_web",
  "CREATE FUNCTION a() RETURNS int LANGUAGE sql AS 'SELECT 1'",
  "INSERT INTO models (id) VALUES (1)",
];

test.each(ALLOWED)("%s: allowed", async (sql) => {
  expect(await findUnsafe(`${sql};`)).toEqual([]);
});

test("a file with squawk-ignore: refused", async () => {
  await expect(findUnsafe("-- squawk-ignore ban-drop-table\nDROP TABLE a;")).rejects.toThrow("Use a comment");
});
