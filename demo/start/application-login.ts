import pg from "pg";

/**
 * Makes the login of a process, or gives it this installation's password again.
 * @param group the role with the privileges of such a process
 * @returns the database's address for that login
 */
export async function ensureApplicationLogin(
  ownerUrl: string,
  { role, group, password }: { role: string; group: "console_web" | "console_worker"; password: string },
): Promise<string> {
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  try {
    const { rowCount } = await client.query("SELECT FROM pg_roles WHERE rolname = $1", [role]);
    const [name, secret] = [client.escapeIdentifier(role), client.escapeLiteral(password)];
    await client.query(`${rowCount ? "ALTER" : "CREATE"} ROLE ${name} LOGIN PASSWORD ${secret}`);
    // An older demo granted its login only the role that both processes share.
    await client.query(`GRANT ${group} TO ${name}`);
  } finally {
    await client.end();
  }
  const url = new URL(ownerUrl);
  url.username = role;
  url.password = password;
  return url.href;
}
