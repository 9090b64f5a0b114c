import { SetupProblem } from "@/lib/platform/setup-problem";
import { openClient } from "./open-pool";

type Login = {
  /** The environment variable with the URL, named in messages. */
  variable: string;
  /** The URL that the process will use: its user and password become the login. */
  url: string;
  role: "console_web" | "console_worker";
};

/**
 * Creates the login of each process as a member of its role alone, or gives an existing one its password.
 * @param ownerUrl the migrated database, as its owner
 * @returns the names of the logins
 */
export async function makeLogins(ownerUrl: string, logins: Login[]): Promise<string[]> {
  const client = openClient({ url: ownerUrl, applicationName: "runflow-logins", statementTimeoutMs: 10_000 });
  await client.connect();
  try {
    const names: string[] = [];
    for (const { variable, url, role } of logins) {
      const [name, password] = readLogin(variable, url);
      await client.query(await writeStatement(name, password, role));
      names.push(name);
    }
    return names;
  } finally {
    await client.end();
  }

  /** Utility statements take no parameters, so PostgreSQL quotes the values itself. */
  async function writeStatement(name: string, password: string, role: string): Promise<string> {
    const { rows } = await client.query<{ statement: string }>(
      `SELECT format(
         CASE WHEN EXISTS (SELECT FROM pg_roles WHERE rolname = $1) THEN 'ALTER' ELSE 'CREATE' END
           || ' ROLE %1$I LOGIN PASSWORD %2$L; GRANT %3$I TO %1$I', $1::text, $2::text, $3::text) AS statement`,
      [name, password, role],
    );
    return rows[0]!.statement;
  }
}

function readLogin(variable: string, url: string): [name: string, password: string] {
  try {
    const { username, password } = new URL(url);
    if (username && password) return [decodeURIComponent(username), decodeURIComponent(password)];
  } catch {
    // Not a URL, or its escapes aren't valid.
  }
  throw new SetupProblem(`${variable} must name a login and its password.`);
}
