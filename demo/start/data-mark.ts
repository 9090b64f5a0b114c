import pg from "pg";

/**
 * The demo marks its data with a comment on the database schema: a separate file could outlive the data, or
 * belong to other data. The mark names the installation and the seeding.
 */
export type DataMark = { installation: string; seeding: string };

/** @returns `empty` for a database without tables, `foreign` for data that isn't a demo's */
export async function readDataMark(ownerUrl: string): Promise<DataMark | "empty" | "foreign"> {
  const { rows } = await query<{ mark: string | null; tables: number }>(
    ownerUrl,
    `SELECT obj_description('public'::regnamespace) AS mark,
       (SELECT count(*)::int FROM pg_tables WHERE schemaname = 'public') AS tables`,
  );
  const [, installation, seeding] = rows[0]?.mark?.match(/^demo data (\w+) (\w+)$/) ?? [];
  if (installation && seeding) return { installation, seeding };
  return rows[0]?.tables === 0 ? "empty" : "foreign";
}

export async function writeDataMark(ownerUrl: string, { installation, seeding }: DataMark): Promise<void> {
  await query(ownerUrl, `COMMENT ON SCHEMA public IS 'demo data ${installation} ${seeding}'`);
}

/** Everything that migrations create; a given database's other content belongs to someone else. */
const SCHEMAS = ["graphile_worker", "audit_months", "audit_retired", "security_months", "public"];

/** Removes everything that the migrations and the seed created. */
export async function emptyDatabase(ownerUrl: string): Promise<void> {
  await query(ownerUrl, `DROP SCHEMA IF EXISTS ${SCHEMAS.join(", ")} CASCADE; CREATE SCHEMA public`);
}

async function query<R extends pg.QueryResultRow>(url: string, sql: string): Promise<pg.QueryResult<R>> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await client.query<R>(sql);
  } finally {
    await client.end();
  }
}
