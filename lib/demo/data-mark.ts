import pg from "pg";

/** Whose data a database holds: nobody's yet, this demo's (perhaps cut short while seeding), or anyone else's. */
export type DataState = "empty" | "half-seeded" | "seeded" | "foreign";

/**
 * The demo marks its data with a comment on the schema, in the database itself: a file beside it could outlive the
 * data, or belong to other data.
 */
export async function readDataState(ownerUrl: string, installation: string): Promise<DataState> {
  const { rows } = await query<{ mark: string | null; tables: number }>(
    ownerUrl,
    `SELECT obj_description('public'::regnamespace) AS mark,
       (SELECT count(*)::int FROM pg_tables WHERE schemaname = 'public') AS tables`,
  );
  const { mark, tables } = rows[0] ?? { mark: null, tables: 0 };
  if (mark === markOf(installation)) return "seeded";
  if (mark === `${markOf(installation)}, not complete`) return "half-seeded";
  return tables === 0 ? "empty" : "foreign";
}

export async function markData(ownerUrl: string, installation: string, isComplete: boolean): Promise<void> {
  const mark = `${markOf(installation)}${isComplete ? "" : ", not complete"}`;
  await query(ownerUrl, `COMMENT ON SCHEMA public IS '${mark}'`);
}

/** Removes everything that migrations and seed made. */
export async function emptyDatabase(ownerUrl: string): Promise<void> {
  await query(ownerUrl, "DROP SCHEMA IF EXISTS graphile_worker, public CASCADE; CREATE SCHEMA public");
}

const markOf = (installation: string) => `demo data of installation ${installation}`;

async function query<R extends pg.QueryResultRow>(url: string, sql: string): Promise<pg.QueryResult<R>> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await client.query<R>(sql);
  } finally {
    await client.end();
  }
}
