import type { ClientBase } from "pg";
import type { Copy, Target } from "./target";

const FIRST_RETRY_MS = 5_000;
const LONGEST_RETRY_MS = 300_000;

/** A step's outcome and the wait before the next one, in ms; undefined if there is nothing to wait for. */
export type Step = {
  outcome: "copied" | "failed" | "waiting" | "complete";
  waitMs?: number;
  number?: number;
  error?: string;
};

/**
 * Copies the oldest checkpoint that a target lacks, when it is due. Records a copy only after the target has
 * confirmed it, so a crash in between repeats the same copy.
 * @param client holds the lock that keeps other workers from the same target
 */
export async function copyNext(
  client: ClientBase,
  target: Target,
  firstRetryMs = FIRST_RETRY_MS,
): Promise<Step> {
  await client.query(NOTE_WHAT_IS_LACKING, [target.name]);
  const { rows } = await client.query<Lacking>(OLDEST_LACKING, [target.name]);
  const [next] = rows;
  if (!next) return { outcome: "complete" };
  if (next.wait_ms > 0) return { outcome: "waiting", waitMs: next.wait_ms };
  const copy: Copy = { number: Number(next.number), note: next.note };
  const error = await target.put(copy).then(
    () => undefined,
    (failure: Error) => failure.message.slice(0, 500),
  );
  if (error === undefined) {
    await client.query(NOTE_COPIED, [target.name, next.number]);
    return { outcome: "copied", waitMs: 0, number: copy.number };
  }
  const pause = Math.min(LONGEST_RETRY_MS, firstRetryMs * 2 ** next.attempts);
  const waitMs = Math.round(pause * (0.75 + Math.random() / 4));
  await client.query(NOTE_FAILED, [target.name, next.number, error, waitMs]);
  return { outcome: "failed", waitMs, number: copy.number, error };
}

/** In order of number, so that none is missing below a recorded one. */
const NOTE_WHAT_IS_LACKING = `
  INSERT INTO audit_checkpoint_publications (target, number)
  SELECT $1, number FROM audit_checkpoints WHERE number > coalesce(
    (SELECT max(number) FROM audit_checkpoint_publications WHERE target = $1), 0)`;

type Lacking = { number: string; note: string; attempts: number; wait_ms: number };
const OLDEST_LACKING = `
  SELECT p.number, c.note, p.attempts,
    ceil(greatest(0, extract(epoch FROM coalesce(p.next_attempt_at, '-infinity') - clock_timestamp()) * 1000))::float8 AS wait_ms
  FROM (SELECT * FROM audit_checkpoint_publications WHERE target = $1 AND published_at IS NULL ORDER BY number LIMIT 1) p
  JOIN audit_checkpoints c ON c.number = p.number`;

const NOTE_COPIED = `
  UPDATE audit_checkpoint_publications SET attempts = attempts + 1, last_error = NULL, next_attempt_at = NULL,
    published_at = date_trunc('milliseconds', clock_timestamp())
  WHERE target = $1 AND number = $2`;
const NOTE_FAILED = `
  UPDATE audit_checkpoint_publications SET attempts = attempts + 1, last_error = $3,
    next_attempt_at = date_trunc('milliseconds', clock_timestamp()) + $4 * interval '1 millisecond'
  WHERE target = $1 AND number = $2`;
