import { Prisma } from "@/generated/prisma/client";
import { abortBatchesOf } from "@/lib/cancellation-batches/abort-batch";
import type { ApiKey } from "@/lib/contract/keys";
import type { Db } from "@/lib/platform/db/client";
import { changeKey, type KeyCommand, MOMENT } from "./change-key";
import { getKey } from "./get-key";

/** `transitioned`: this call changed the key. `unchanged`: it already had that state; nothing was written. */
export type KeyChange = { outcome: "transitioned" | "unchanged"; key: ApiKey };

/**
 * Revokes a key permanently, or reports that it already was. Bulk cancellations that it started are aborted.
 * @throws Refusal KEY_NOT_FOUND
 */
export function revokeKey(db: Db, command: KeyCommand): Promise<KeyChange> {
  return db.$transaction((tx) => revoke(tx, command));
}

async function revoke(db: Db, command: KeyCommand): Promise<KeyChange> {
  const { reach } = command.caller;
  const { id } = await getKey(db, reach, command.keyId);
  const isRevoked = await revokeInReach(db, { ...command, keyId: id });
  // A separate statement, so that its snapshot includes the winner's commit.
  const key = await getKey(db, reach, id);
  if (key.revoked_at === null)
    throw new Error(`key ${id} is in reach, but the guarded statement did not revoke it`);
  return { outcome: isRevoked ? "transitioned" : "unchanged", key };
}

/** More columns to set, and more `meta`. */
type Besides = { set: Prisma.Sql; meta: Prisma.Sql };

/**
 * Revokes a key in reach, with its entry.
 * @returns whether this call revoked it
 */
export async function revokeInReach(tx: Db, command: KeyCommand, besides?: Besides): Promise<boolean> {
  const isRevoked = await changeKey(tx, command, {
    action: "key.revoked",
    guard: Prisma.sql`api_keys.revoked_at IS NULL`,
    set: Prisma.sql`revoked_at = ${MOMENT}${besides ? Prisma.sql`, ${besides.set}` : Prisma.empty}`,
    moment: Prisma.sql`new.revoked_at`,
    ...(besides && { meta: besides.meta }),
  });
  if (isRevoked) await abortBatchesOf(tx, { keyId: command.keyId }, command);
  return isRevoked;
}
