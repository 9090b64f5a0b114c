import { SetupProblem } from "@/lib/platform/setup-problem";
import { openClient } from "./open-pool";

const REASONS: Record<string, string> = {
  ECONNREFUSED: "nothing listens there",
  ENOTFOUND: "the host doesn't exist",
  EAI_AGAIN: "the host name can't be resolved right now",
  ETIMEDOUT: "it doesn't respond",
  "28P01": "the password is wrong",
  "28000": "the login was refused",
  "3D000": "the database doesn't exist",
  "57P03": "it is starting up or shutting down",
  "53300": "it has no free connections",
};

type Expectation = {
  /** The environment variable with the URL, named in the message. */
  variable: string;
  url: string;
  /**
   * The login required: the owner's, which may create objects and roles (for migrations and the demo), or a
   * single process's, which has only the privileges that the process needs.
   */
  as?: "owner" | "console_web" | "console_worker";
};

/**
 * Checks whether a configured database is usable.
 * @throws SetupProblem with one sentence that names the fault, never the password
 */
export async function checkDatabase({ variable, url, as }: Expectation): Promise<void> {
  if (!URL.canParse(url) || !/^postgres(ql)?:$/.test(new URL(url).protocol)) {
    throw new SetupProblem(
      `${variable} is not a PostgreSQL URL. Use the form postgresql://user:password@host:5432/name.`,
    );
  }
  const { host, pathname } = new URL(url);
  const problem = (reason: string) =>
    new SetupProblem(`${variable} can't be used: ${host}${pathname}: ${reason}.`);
  const client = openClient({
    url,
    applicationName: "runflow-start",
    statementTimeoutMs: 10_000,
    connectionTimeoutMs: 10_000,
  });
  try {
    await client.connect();
    const { rows } = await client.query<Capabilities>(CAPABILITIES);
    const { version } = rows[0]!;
    if (version < 180_000)
      throw problem(`it is PostgreSQL ${Math.floor(version / 10_000)}; version 18 is required`);
    const wrong = as && findFault(rows[0]!, as);
    if (wrong) throw problem(wrong);
  } catch (error) {
    if (error instanceof SetupProblem) throw error;
    const { code = "", message } = error as NodeJS.ErrnoException;
    throw problem(REASONS[code] ?? message.toLowerCase());
  } finally {
    await client.end().catch(() => {});
  }
}

/** @returns why the login doesn't fit, or undefined if it does */
function findFault(login: Capabilities, as: NonNullable<Expectation["as"]>): string | undefined {
  if (as === "owner") {
    if (login.may_create && login.may_make_roles) return undefined;
    return "its login must own the database and may create roles";
  }
  if (login.is_privileged)
    return `its login is a superuser, may create roles or owns the database, so it could change the audit trail. Create a login that is only a member of ${as}`;
  const other = as === "console_web" ? "console_worker" : "console_web";
  if (login.roles.includes(other))
    return `its login is a member of ${other}. Create a separate login for each process, as a member of ${as} alone`;
  if (login.roles.includes(as)) return undefined;
  return `its login is not a member of ${as}: as the owner, run GRANT ${as} TO its name, once the database is migrated`;
}

type Capabilities = {
  version: number;
  may_create: boolean;
  may_make_roles: boolean;
  /** Whether it has such a privilege, directly or through a role. */
  is_privileged: boolean;
  roles: string[];
};

const CAPABILITIES = `
  SELECT current_setting('server_version_num')::int AS version,
    has_database_privilege(current_database(), 'CREATE') AND has_schema_privilege('public', 'CREATE') AS may_create,
    rolsuper OR rolcreaterole AS may_make_roles,
    rolsuper OR rolcreaterole OR rolbypassrls OR rolreplication
      OR EXISTS (SELECT FROM pg_database d WHERE d.datname = current_database() AND pg_has_role(d.datdba, 'MEMBER'))
      OR EXISTS (SELECT FROM pg_class c WHERE c.oid = to_regclass('public.audit_entries') AND pg_has_role(c.relowner, 'MEMBER'))
      AS is_privileged,
    ARRAY(SELECT r.rolname::text FROM pg_roles r
      WHERE r.rolname IN ('console_web', 'console_worker') AND pg_has_role(r.oid, 'USAGE')) AS roles
  FROM pg_roles WHERE rolname = current_user`;
