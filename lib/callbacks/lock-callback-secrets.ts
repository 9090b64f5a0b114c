import { parseUuid } from "@/lib/contract/values";
import { orgInReach } from "@/lib/identity/org-in-reach";
import type { Db } from "@/lib/platform/db/client";
import { holdLock } from "@/lib/platform/db/hold-lock";
import { Refusal } from "@/lib/platform/errors";
import type { Reach } from "@/lib/states/caller";
import { type CallbackSecretRow, SECRET_FIELDS } from "./callback-secret-record";

/**
 * Serializes changes of an organization's secrets.
 * @param tx the transaction that holds the lock
 */
export const lockSecretsOf = (tx: Db, orgId: string): Promise<void> =>
  holdLock(tx, `callback secrets of ${orgId}`);

/**
 * Finds a secret and locks its organization's secrets until the transaction ends.
 * @throws Refusal CALLBACK_SECRET_NOT_FOUND, missing and out of reach alike
 */
export async function lockSecret(tx: Db, reach: Reach, secretId: string): Promise<CallbackSecretRow> {
  const id = parseUuid(secretId);
  if (id === undefined) throw new Refusal("CALLBACK_SECRET_NOT_FOUND");
  const find = () =>
    tx.callbackSecret.findFirst({ where: { id, ...orgInReach(reach) }, select: SECRET_FIELDS });
  const found = await find();
  if (!found) throw new Refusal("CALLBACK_SECRET_NOT_FOUND");
  await lockSecretsOf(tx, found.orgId);
  return (await find())!; // read again, now that the lock is held
}
