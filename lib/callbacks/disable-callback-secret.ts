import type { RequestContext } from "@/lib/audit/audit-entry";
import { writeEntry } from "@/lib/audit/write-entry";
import type { CallbackSecret } from "@/lib/contract/callback-secrets";
import type { Db } from "@/lib/db/client";
import { inTransaction } from "@/lib/db/in-transaction";
import { conflict } from "@/lib/errors";
import type { Caller } from "@/lib/identity/caller";
import { type CallbackSecretRow, SECRET_COLUMNS, toCallbackSecret } from "./callback-secret-record";
import { lockSecret } from "./lock-callback-secrets";

type Disable = { caller: Caller; context: RequestContext; secretId: string };

/**
 * Ends a secret. The current one can only be the last to go; without any, deliveries are unsigned. For a disabled one
 * nothing changes, and nothing is written.
 * @throws Refusal CALLBACK_SECRET_NOT_FOUND
 * @throws Refusal CONFLICT `secret_is_current` while another one could be promoted
 */
export function disableCallbackSecret(
  db: Db,
  { caller, context, secretId }: Disable,
): Promise<CallbackSecret> {
  return inTransaction(db, async (tx) => {
    const secret = await lockSecret(tx, caller.reach, secretId);
    if (secret.disabled_at) return toCallbackSecret(secret);
    const { id, org_id: orgId } = secret;
    const [other] = await tx.$queryRaw<object[]>`
      SELECT FROM callback_secrets WHERE org_id = ${orgId}::uuid AND disabled_at IS NULL AND id <> ${id}::uuid LIMIT 1`;
    if (secret.is_current && other) {
      throw conflict("secret_is_current", "Promote another secret first: this one signs.");
    }
    const [row] = await tx.$queryRaw<CallbackSecretRow[]>`
      UPDATE callback_secrets r SET is_current = false, disabled_at = date_trunc('milliseconds', clock_timestamp())
      WHERE r.id = ${id}::uuid RETURNING ${SECRET_COLUMNS}`;
    const target = { type: "callback_secret", id, label: `…${secret.hint}` } as const;
    await writeEntry(tx, { caller, context, orgId, action: "callback_secret.disabled", target });
    return toCallbackSecret(row!);
  });
}
