import { expect, test } from "vitest";
import { useDatabase } from "@/test/database";
import { NO_FILTERS, readMigrations, readSchema, withSchemaEngine } from "./schema-engine";

const database = useDatabase();

test("schema.prisma: matches the migrations", async () => {
  const [, content] = await readSchema();
  expect(await differenceTo(content)).toBe("");
});

test("schema.prisma: a field or index without a migration is detected", async () => {
  const [, content] = await readSchema();
  const changed = content.replace(
    /^model Person \{$/m,
    "model Person {\n  nickname String?\n  @@index([name])",
  );
  expect(changed).not.toBe(content);
  const difference = await differenceTo(changed);
  expect(difference).toContain('ADD COLUMN     "nickname" TEXT');
  expect(difference).toContain('CREATE INDEX "people_name_idx"');
});

/** The SQL from the migrations' result to the given schema, empty when they agree. */
async function differenceTo(content: string): Promise<string> {
  const { stdout } = await withSchemaEngine(database().ownerUrl, async (engine) =>
    engine.diff({
      from: { tag: "migrations", ...(await readMigrations()) },
      to: { tag: "schemaDatamodel", files: [{ path: "schema.prisma", content }] },
      script: true,
      exitCode: null,
      filters: NO_FILTERS,
    }),
  );
  return (stdout ?? "").replaceAll(/^--.*$/gm, "").trim();
}
