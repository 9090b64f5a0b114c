import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { expect, test } from "vitest";
import { connectionConfig } from "./connection-config";

/** Files that open connections without the timeouts. */
const PAST_TIMEOUTS =
  /new (pg\.|Timed|Traced)?(Client|Pool)\(|new PrismaPg\((?!pool)|connectionString: (?!withSettings)|makeWorkerUtils\(|runOnce\(/;
const ALLOWED = new Set([
  "lib/platform/db/open-pool.ts",
  // Its base class needs a URL; we open its pools.
  "lib/platform/db/migration-adapter.ts",
  // Runs graphile-worker's migrations, with ours, while the service is down.
  "lib/platform/db/migrate.ts",
  // The same, in an empty database that nothing else uses.
  "lib/backup/restore-backup.ts",
]);

test("connections: all have timeouts", async () => {
  const found: string[] = [];
  for (const folder of ["lib", "app", "scripts"]) {
    for (const name of await readdir(folder, { recursive: true })) {
      const file = path.join(folder, name);
      if (!/\.tsx?$/.test(name) || /\.test\.tsx?$/.test(name)) continue;
      if (PAST_TIMEOUTS.test(await readFile(file, "utf8"))) found.push(file);
    }
  }
  expect(found.filter((file) => !ALLOWED.has(file))).toEqual([]);
  expect(found).toContain("lib/platform/db/open-pool.ts");
});

test.each([
  [{}, { statement_timeout: 1_000, query_timeout: 6_000, connectionTimeoutMillis: 5_000, keepAlive: true }],
  [{ connectionTimeoutMs: 4_000 }, { connectionTimeoutMillis: 4_000 }],
  [{ statementTimeoutMs: 0 }, { statement_timeout: undefined, query_timeout: undefined, keepAlive: true }],
])("connection config of %j", (given, expected) => {
  const url = "postgresql://user:secret@db.example/name?sslmode=require&options=-c%20work_mem%3D5MB";
  const config = connectionConfig({ url, applicationName: "test", statementTimeoutMs: 1_000, ...given });
  expect({ statement_timeout: undefined, query_timeout: undefined, ...config }).toMatchObject(expected);
  const { searchParams } = new URL(config.connectionString!);
  expect(searchParams.get("sslmode")).toBe("require");
  expect(searchParams.get("options")).toMatch(/^-c work_mem=5MB -c .*tcp_user_timeout=15000/);
});
