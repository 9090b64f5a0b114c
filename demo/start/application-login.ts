import pg from "pg";

/**
 * Creates a process's login, or resets it to this installation's password.
 * @param group the role with the process's privileges
 * @returns the database URL for that login
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
    // An older demo granted its login only the shared role.
    await client.query(`GRANT ${group} TO ${name}`);
  } finally {
    await client.end();
  }
  const url = new URL(ownerUrl);
  url.username = role;
  url.password = password;
  return url.href;
}
