import type { Pool } from "pg";
import { makeKey, makePerson } from "./credentials";
import { type Fixture, makeRun, seedFixture } from "./fixture";

/** The longest a request may take; the margin is for a busy machine. */
export const LONGEST_ANSWER_MS = 20_000;
const PATIENCE_MS = 40_000;

export type Answered = {
  status: number;
  retryAfter: string | null;
  message: string | undefined;
  json: Record<string, unknown>;
  tookMs: number;
};

/** Cancels runs over HTTP and counts the entries that the trail must have. */
export async function makeCanceler(owner: Pool) {
  const fixture: Fixture = await seedFixture(owner);
  const { id: ownerId } = await makePerson(owner, { role: "admin" });
  const { headers } = await makeKey(owner, { ownerId });
  const ask = async (url: string, init: RequestInit = {}): Promise<Answered> => {
    const begin = performance.now();
    const signal = AbortSignal.timeout(PATIENCE_MS);
    const response = await fetch(url, { headers, signal, ...init });
    const json = (await response.json()) as Record<string, unknown>;
    const tookMs = performance.now() - begin;
    const message = json["message"] as string | undefined;
    return {
      status: response.status,
      retryAfter: response.headers.get("retry-after"),
      message,
      json,
      tookMs,
    };
  };
  const newRun = () => makeRun(owner, fixture);
  const cancel = async (baseUrl: string, runId?: string) =>
    ask(`${baseUrl}/v1/admin/runs/${runId ?? (await newRun())}/cancellation`, { method: "POST" });
  return { ask, newRun, cancel };
}

const countRows = async (owner: Pool, table: string): Promise<number> =>
  (await owner.query<{ count: number }>(`SELECT count(*)::int AS count FROM ${table}`)).rows[0]!.count;

export const countUnsealed = (owner: Pool): Promise<number> => countRows(owner, "audit_unsealed");

/** Once the queue is empty: whether every entry has exactly one seal, at gapless positions. */
export async function checkSeals(owner: Pool): Promise<{ entries: number; seals: number; highest: number }> {
  const { rows } = await owner.query<{ highest: number }>(
    "SELECT coalesce(max(position), 0)::int AS highest FROM audit_seals s JOIN audit_entries e ON e.id = s.entry_id",
  );
  const [entries, seals] = [await countRows(owner, "audit_entries"), await countRows(owner, "audit_seals")];
  return { entries, seals, highest: rows[0]!.highest };
}

export async function endConnections(owner: Pool): Promise<void> {
  await owner.query(
    `SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity
     WHERE datname = current_database() AND pid <> pg_backend_pid()`,
  );
}

/** How many lines the log has at level error. */
export const countErrors = (output: string): number => output.match(/"level":"error"/g)?.length ?? 0;
