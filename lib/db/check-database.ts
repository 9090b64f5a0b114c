import pg from "pg";
import { SetupProblem } from "@/lib/setup-problem";

const REASONS: Record<string, string> = {
  ECONNREFUSED: "nothing listens there",
  ENOTFOUND: "there is no such host",
  EAI_AGAIN: "the host's address can't be looked up now",
  ETIMEDOUT: "there is no answer",
  "28P01": "the password is wrong",
  "28000": "the login is refused",
  "3D000": "there is no such database",
  "57P03": "it is just starting or stopping",
  "53300": "it has no connection left",
};

type Expectation = {
  /** The variable that holds the address, to be named in the sentence. */
  variable: string;
  url: string;
  /** Whether the login must be able to make databases' contents and roles, as migrating and the demo need. */
  asOwner?: boolean;
};

/**
 * Looks whether a database that someone configured can be used.
 * @throws SetupProblem with one sentence that says what is wrong with it; the password is never part of it
 */
export async function checkDatabase({ variable, url, asOwner = false }: Expectation): Promise<void> {
  if (!URL.canParse(url) || !/^postgres(ql)?:$/.test(new URL(url).protocol)) {
    throw new SetupProblem(
      `${variable} is no address of a PostgreSQL database, such as postgresql://user:password@host:5432/name.`,
    );
  }
  const { host, pathname } = new URL(url);
  const problem = (reason: string) =>
    new SetupProblem(`${variable} can't be used: ${host}${pathname}: ${reason}.`);
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
  try {
    await client.connect();
    const { rows } = await client.query<Capabilities>(CAPABILITIES);
    const { version, may_create, may_make_roles } = rows[0]!;
    if (version < 180_000)
      throw problem(`it is PostgreSQL ${Math.floor(version / 10_000)}, and 18 is needed`);
    if (asOwner && !(may_create && may_make_roles))
      throw problem("its login must own the database and be able to make roles");
  } catch (error) {
    if (error instanceof SetupProblem) throw error;
    const { code = "", message } = error as NodeJS.ErrnoException;
    throw problem(REASONS[code] ?? message.toLowerCase());
  } finally {
    await client.end().catch(() => {});
  }
}

type Capabilities = { version: number; may_create: boolean; may_make_roles: boolean };

const CAPABILITIES = `
  SELECT current_setting('server_version_num')::int AS version,
    has_database_privilege(current_database(), 'CREATE') AND has_schema_privilege('public', 'CREATE') AS may_create,
    rolsuper OR rolcreaterole AS may_make_roles
  FROM pg_roles WHERE rolname = current_user`;
