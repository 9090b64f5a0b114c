import type { ClientBase } from "pg";
import { SetupProblem } from "@/lib/platform/setup-problem";
import { openClient } from "./open-pool";
import { UTF8_LOCALES } from "./postgres-data";

/**
 * Gives databases from older versions a UTF-8 LC_CTYPE, which searches in other scripts need. Changing the
 * catalog in place is safe: with the builtin provider, only pg_trgm uses LC_CTYPE, and a later migration
 * builds its index.
 * @param url a database of the embedded server, as its superuser
 * @throws SetupProblem if the system has no such locale
 */
export async function giveCtype(url: string): Promise<void> {
  const client = openClient({ url, applicationName: "runflow-setup", statementTimeoutMs: 0 });
  await client.connect();
  try {
    const old = "datctype IN ('C', 'POSIX') AND datlocprovider = 'b'";
    const { rowCount } = await client.query(`SELECT FROM pg_database WHERE ${old}`);
    if (rowCount === 0) return;
    const ctype = await findLocale(client);
    await client.query(`UPDATE pg_database SET datctype = $1 WHERE ${old}`, [ctype]);
  } finally {
    await client.end();
  }
}

async function findLocale(client: ClientBase): Promise<string> {
  for (const name of UTF8_LOCALES) {
    // The server refuses an unknown locale.
    const isKnown = await client.query(`SET lc_monetary = '${name}'`).then(
      () => true,
      () => false,
    );
    if (isKnown) return name;
  }
  throw new SetupProblem(
    `Searches need one of the locales ${UTF8_LOCALES.join(", ")}, but the system has none. Install one.`,
  );
}
