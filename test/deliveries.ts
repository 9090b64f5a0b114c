import { randomUUID } from "node:crypto";
import type pg from "pg";
import { sealSecret } from "@/lib/callbacks/seal-secret";
import type { EventType } from "@/lib/states/delivery";
import { makeRun, type Fixture } from "./fixture";
import { TEST_ENCRYPTION_KEY } from "./server";

/** @returns the id of a secret of the organization; a current one signs from now on */
export async function makeCallbackSecret(
  sql: pg.Pool,
  orgId: string,
  secret: string,
  isCurrent = true,
): Promise<string> {
  const id = randomUUID();
  const sealed = sealSecret(secret, { orgId, secretId: id }, [TEST_ENCRYPTION_KEY]);
  await sql.query(
    "INSERT INTO callback_secrets (id, org_id, ciphertext, hint, is_current) VALUES ($1, $2, $3, $4, $5)",
    [id, orgId, sealed, secret.slice(-4), isCurrent],
  );
  return id;
}

/** @returns the id of a webhook of the organization */
export async function makeWebhook(
  sql: pg.Pool,
  orgId: string,
  url: string,
  eventTypes: EventType[],
): Promise<string> {
  const { rows } = await sql.query<{ id: string }>(
    "INSERT INTO webhooks (org_id, url, event_types) VALUES ($1, $2, $3) RETURNING id",
    [orgId, url, eventTypes],
  );
  return rows[0]!.id;
}

/** @returns the id of a running run with a callback URL */
export async function makeRunWithCallback(sql: pg.Pool, fixture: Fixture, url: string): Promise<string> {
  const runId = await makeRun(sql, fixture);
  await sql.query("UPDATE runs SET callback_url = $2 WHERE id = $1", [runId, url]);
  return runId;
}

/** Makes every scheduled job due now. */
export async function makeJobsDue(sql: pg.Pool): Promise<void> {
  await sql.query("UPDATE graphile_worker._private_jobs SET run_at = now() WHERE run_at > now()");
  await sql.query(`SELECT pg_notify('jobs:insert', '{"count":1}')`);
}

/** Ends runs as the provider would, in one statement. */
export async function endRuns(sql: pg.Pool, ids: string[]): Promise<void> {
  await sql.query(
    `UPDATE runs SET status_code = 'failed', completed_at = greatest(created_at, started_at), duration_ms = 0
     WHERE id = ANY($1)`,
    [ids],
  );
}
