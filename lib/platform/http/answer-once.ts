import { createHash } from "node:crypto";
import type { PrismaClient } from "@/generated/prisma/client";
import type { Db } from "@/lib/platform/db/client";
import { conflict, invalid } from "@/lib/platform/errors";
import type { Answer } from "./respond";

const VISIBLE_ASCII = /^[\x21-\x7e]{1,255}$/;

export type IdempotencyScope = {
  credentialId: string;
  path: string;
  key: string;
  body: Uint8Array;
  /** Throws if the caller may no longer see the stored response, as after losing the organization. */
  checkKept(answer: Answer): void;
};

/** @throws Refusal VALIDATION_ERROR if the header isn't 1 to 255 visible ASCII characters */
export function readIdempotencyKey(headers: Headers): string | undefined {
  const key = headers.get("idempotency-key");
  if (key === null) return undefined;
  if (VISIBLE_ASCII.test(key)) return key;
  const msg = "Idempotency-Key must be 1 to 255 visible ASCII characters.";
  throw invalid(["header", "idempotency-key"], "string_pattern", msg);
}

/**
 * Idempotency replay: does the work once per credential, path and key; a retry within 24 hours gets the first
 * response again. The record commits with the work, so neither exists without the other. Doesn't store
 * refusals.
 * @throws Refusal CONFLICT `idempotency_key_in_use` while the first is in progress, `idempotency_key_reused`
 * for another body
 */
export async function answerOnce(
  db: PrismaClient,
  scope: IdempotencyScope,
  work: (tx: Db) => Promise<Answer>,
): Promise<Answer> {
  const bodyHash = new Uint8Array(createHash("sha256").update(scope.body).digest());
  const attempt = (tx: Db) => answerInTransaction(tx, { ...scope, bodyHash }, work);
  try {
    return await db.$transaction(attempt);
  } catch (error) {
    if (!(error instanceof AnsweredMeanwhile)) throw error;
    return db.$transaction(attempt);
  }
}

/**
 * The first request committed between this statement's snapshot and its lock. After a rollback, a second
 * lookup finds its response.
 */
class AnsweredMeanwhile extends Error {}

type Hashed = IdempotencyScope & { bodyHash: Uint8Array<ArrayBuffer> };

async function answerInTransaction(
  tx: Db,
  scope: Hashed,
  work: (tx: Db) => Promise<Answer>,
): Promise<Answer> {
  const kept = await lockKey(tx, scope);
  if (kept) {
    if (Buffer.compare(kept.bodyHash, scope.bodyHash) !== 0)
      throw conflict(
        "idempotency_key_reused",
        "This Idempotency-Key was used with another body. Use a new key for a new request.",
      );
    scope.checkKept(kept.answer);
    return kept.answer;
  }
  const answer = await work(tx);
  await keepRecord(tx, scope, answer);
  return answer;
}

type LockedRow = {
  is_locked: boolean;
  body_hash: Uint8Array | null;
  status: number;
  headers: Record<string, string>;
  body: string;
};

/**
 * Locks the key for this transaction.
 * @returns the response stored under it, if any
 */
async function lockKey(tx: Db, { credentialId, path, key }: IdempotencyScope) {
  const name = JSON.stringify([credentialId, path, key]);
  const [row] = await tx.$queryRaw<LockedRow[]>`
    SELECT lock.is_locked, body_hash, status, headers, body
    FROM (SELECT pg_try_advisory_xact_lock(hashtextextended(${name}, 0)) AS is_locked) lock
    LEFT JOIN idempotency_records
      ON credential_id = ${credentialId}::uuid AND path = ${path} AND key = ${key} AND expires_at > now()`;
  const { is_locked: isLocked, body_hash: bodyHash, status, headers, body: text } = row!;
  if (!isLocked)
    throw conflict(
      "idempotency_key_in_use",
      "The first request with this Idempotency-Key is still in progress. Try again in a moment.",
    );
  return bodyHash && { bodyHash, answer: { status, headers, text } };
}

/** @throws AnsweredMeanwhile when another request has stored a response under the key */
async function keepRecord(tx: Db, { credentialId, path, key, bodyHash }: Hashed, answer: Answer) {
  const kept = await tx.$executeRaw`
    INSERT INTO idempotency_records AS known (credential_id, path, key, body_hash, status, headers, body, expires_at)
    VALUES (${credentialId}::uuid, ${path}, ${key}, ${bodyHash}, ${answer.status},
      ${JSON.stringify(answer.headers)}::jsonb, ${answer.text}, now() + interval '24 hours')
    ON CONFLICT (credential_id, path, key) DO UPDATE SET
      body_hash = EXCLUDED.body_hash, status = EXCLUDED.status, headers = EXCLUDED.headers, body = EXCLUDED.body,
      created_at = EXCLUDED.created_at, expires_at = EXCLUDED.expires_at
    WHERE known.expires_at <= now()`;
  if (kept === 0) throw new AnsweredMeanwhile();
}
