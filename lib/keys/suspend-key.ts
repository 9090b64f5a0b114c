import { Prisma } from "@/generated/prisma/client";
import { abortBatchesOf } from "@/lib/cancellation-batches/abort-batch";
import type { ApiKey } from "@/lib/contract/keys";
import type { Db } from "@/lib/platform/db/client";
import { conflict, Refusal } from "@/lib/platform/errors";
import { changeKey, type KeyCommand, MOMENT } from "./change-key";
import { getKey } from "./get-key";
import type { KeyChange } from "./revoke-key";

/** When the suspension ends, as the API writes times. */
const until = (row: "old" | "new") =>
  Prisma.sql`jsonb_build_object('suspended_until',
    to_char(${Prisma.raw(row)}.suspended_until AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"+00:00"'))`;

/**
 * Suspends a key for a while, or reports that it already is, for the time that was set first. Bulk
 * cancellations that it started are aborted.
 * @throws Refusal KEY_NOT_FOUND
 * @throws Refusal CONFLICT `key_revoked`, `key_expired`
 */
export function suspendKey(db: Db, command: KeyCommand & { minutes: number }): Promise<KeyChange> {
  const duration = Prisma.sql`${command.minutes}::int * interval '1 minute'`;
  const change = {
    action: "key.suspended",
    guard: Prisma.sql`api_keys.revoked_at IS NULL AND coalesce(api_keys.expires_at > clock_timestamp(), true)
      AND coalesce(api_keys.suspended_until <= clock_timestamp(), true)`,
    set: Prisma.sql`suspended_until = ${MOMENT} + ${duration}`,
    moment: Prisma.sql`new.suspended_until - ${duration}`,
    meta: until("new"),
  } as const;
  return db.$transaction(async (tx) => {
    const result = await settle(tx, command, change, (key) => {
      if (key.state === "expired") throw conflict("key_expired", "The key has expired and no longer works.");
      return key.suspended_until !== null;
    });
    if (result.outcome === "transitioned") await abortBatchesOf(tx, { keyId: result.key.id }, command);
    return result;
  });
}

/**
 * Ends a key's suspension early, or reports that it has already ended.
 * @throws Refusal KEY_NOT_FOUND
 * @throws Refusal CONFLICT `key_revoked`
 */
export function resumeKey(db: Db, command: KeyCommand<string | null>): Promise<KeyChange> {
  const change = {
    action: "key.resumed",
    guard: Prisma.sql`api_keys.revoked_at IS NULL AND api_keys.suspended_until > clock_timestamp()`,
    set: Prisma.sql`suspended_until = NULL`,
    moment: MOMENT,
    meta: until("old"),
  } as const;
  return settle(db, command, change, (key) => key.suspended_until === null);
}

const MOST_TRIES = 5;

/**
 * Tries again when others suspend and resume the key at the same time, so that the response always shows the
 * requested state.
 * @param isSo whether the key already has the requested state
 */
async function settle(
  db: Db,
  command: KeyCommand<string | null>,
  change: Parameters<typeof changeKey>[2],
  isSo: (key: ApiKey) => boolean,
): Promise<KeyChange> {
  const { reach } = command.caller;
  const { id } = await getKey(db, reach, command.keyId);
  for (let tries = 0; tries < MOST_TRIES; tries++) {
    const isChanged = await changeKey(db, { ...command, keyId: id }, change);
    // A separate statement, so that its snapshot includes the winner's commit.
    const key = await getKey(db, reach, id);
    if (isChanged) return { outcome: "transitioned", key };
    if (key.revoked_at !== null) throw conflict("key_revoked", "The key is revoked, which can't be undone.");
    if (isSo(key)) return { outcome: "unchanged", key };
  }
  throw new Refusal("SERVICE_UNAVAILABLE", { message: "Others are changing this key. Try again." });
}
