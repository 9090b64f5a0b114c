import { createHash } from "node:crypto";
import type { PrismaClient } from "@/generated/prisma/client";
import type { Db } from "@/lib/db/client";
import { conflict, invalid } from "@/lib/errors";
import type { Answer } from "@/lib/http/respond";

const VISIBLE_ASCII = /^[\x21-\x7e]{1,255}$/;

export type IdempotencyScope = {
  credentialId: string;
  path: string;
  key: string;
  body: Uint8Array;
  /** Throws when the caller may no longer see what was answered, such as after losing the organization. */
  checkKept(answer: Answer): void;
};

/** @throws Refusal VALIDATION_ERROR when the header is not 1 to 255 visible ASCII characters */
export function readIdempotencyKey(headers: Headers): string | undefined {
  const key = headers.get("idempotency-key");
  if (key === null) return undefined;
  if (VISIBLE_ASCII.test(key)) return key;
  const msg = "Idempotency-Key takes 1 to 255 visible ASCII characters.";
  throw invalid(["header", "idempotency-key"], "string_pattern", msg);
}

/**
 * Does the work once for a credential, path and key: a retry within 24 hours gets the first answer again. The record
 * commits with the work, so that there is never one without the other. A refusal keeps nothing.
 * @throws Refusal CONFLICT `idempotency_key_in_use` while the first is under way, `idempotency_key_reused` for another body
 */
export function answerOnce(
  db: PrismaClient,
  scope: IdempotencyScope,
  work: (tx: Db) => Promise<Answer>,
): Promise<Answer> {
  const bodyHash = new Uint8Array(createHash("sha256").update(scope.body).digest());
  return db.$transaction(async (tx) => {
    await takeLock(tx, scope);
    // A statement of its own: only a snapshot taken after the lock is sure to see what its last holder committed.
    const kept = await findRecord(tx, scope);
    if (kept) {
      if (Buffer.compare(kept.bodyHash, bodyHash) === 0) {
        scope.checkKept(kept.answer);
        return kept.answer;
      }
      throw conflict("idempotency_key_reused", "This Idempotency-Key was used with another body.");
    }
    const answer = await work(tx);
    await keepRecord(tx, scope, bodyHash, answer);
    return answer;
  });
}

async function takeLock(tx: Db, { credentialId, path, key }: IdempotencyScope): Promise<void> {
  const name = JSON.stringify([credentialId, path, key]);
  const [row] = await tx.$queryRaw<{ taken: boolean }[]>`
    SELECT pg_try_advisory_xact_lock(hashtextextended(${name}, 0)) AS taken`;
  if (row?.taken) return;
  throw conflict("idempotency_key_in_use", "The first request with this Idempotency-Key is still under way.");
}

type RecordRow = { body_hash: Uint8Array; status: number; headers: Record<string, string>; body: string };

async function findRecord(tx: Db, { credentialId, path, key }: IdempotencyScope) {
  const [row] = await tx.$queryRaw<RecordRow[]>`
    SELECT body_hash, status, headers, body FROM idempotency_records
    WHERE credential_id = ${credentialId}::uuid AND path = ${path} AND key = ${key} AND expires_at > now()`;
  if (!row) return undefined;
  return { bodyHash: row.body_hash, answer: { status: row.status, headers: row.headers, text: row.body } };
}

async function keepRecord(
  tx: Db,
  scope: IdempotencyScope,
  bodyHash: Uint8Array,
  answer: Answer,
): Promise<void> {
  const { credentialId, path, key } = scope;
  await tx.$executeRaw`
    INSERT INTO idempotency_records (credential_id, path, key, body_hash, status, headers, body, expires_at)
    VALUES (${credentialId}::uuid, ${path}, ${key}, ${bodyHash}, ${answer.status},
      ${JSON.stringify(answer.headers)}::jsonb, ${answer.text}, now() + interval '24 hours')
    ON CONFLICT (credential_id, path, key) DO UPDATE SET
      body_hash = EXCLUDED.body_hash, status = EXCLUDED.status, headers = EXCLUDED.headers, body = EXCLUDED.body,
      created_at = EXCLUDED.created_at, expires_at = EXCLUDED.expires_at`;
}
