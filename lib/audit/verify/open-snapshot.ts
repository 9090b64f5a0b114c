import type pg from "pg";
import { openClient } from "@/lib/platform/db/open-pool";
import { VerificationError } from "./verification-error";

/** Two connections with the same snapshot: one streams while the other answers queries. */
export type Snapshot = { stream: pg.Client; ask: pg.Client; close(): Promise<void> };

/**
 * Follows seals by position and looks up each entry by its key; sorting the whole trail would be slower,
 * despite what the statistics suggest.
 */
const SETTINGS = `
  SET LOCAL statement_timeout = 0;
  SET LOCAL idle_in_transaction_session_timeout = 0;
  SET LOCAL TIME ZONE 'UTC';
  SET LOCAL datestyle = 'ISO';
  SET LOCAL max_parallel_workers_per_gather = 0;`;
const BEGIN = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY;";

/** @throws VerificationError if the database can't be reached */
export async function openSnapshot(databaseUrl: string): Promise<Snapshot> {
  const open = () =>
    openClient({
      url: databaseUrl,
      applicationName: "runflow-audit-verify",
      statementTimeoutMs: 0,
      connectionTimeoutMs: 10_000,
      settings: { client_encoding: "UTF8" },
    });
  const [stream, ask] = [open(), open()];
  const close = async () => void (await Promise.allSettled([stream.end(), ask.end()]));
  try {
    await Promise.all([stream.connect(), ask.connect()]);
    await stream.query(BEGIN + SETTINGS);
    const { rows } = await stream.query<{ id: string }>("SELECT pg_export_snapshot() AS id");
    await ask.query(`${BEGIN} SET TRANSACTION SNAPSHOT '${rows[0]!.id}'; ${SETTINGS}`);
    return { stream, ask, close };
  } catch (error) {
    await close();
    throw new VerificationError(`The database can't be read: ${(error as Error).message}`);
  }
}
