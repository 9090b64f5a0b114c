import type { RequestContext } from "@/lib/audit/audit-entry";
import { writeEntry } from "@/lib/audit/write-entry";
import type { CallbackSecret } from "@/lib/contract/callback-secrets";
import type { Db } from "@/lib/db/client";
import { inTransaction } from "@/lib/db/in-transaction";
import { conflict } from "@/lib/errors";
import type { Caller } from "@/lib/identity/caller";
import { type CallbackSecretRow, SECRET_COLUMNS, toCallbackSecret } from "./callback-secret-record";
import { lockSecret } from "./lock-callback-secrets";

type Promote = { caller: Caller; context: RequestContext; secretId: string };

/**
 * Signs with this secret from now on; the one before stays valid until it is disabled. For the current one nothing
 * changes, and nothing is written.
 * @throws Refusal CALLBACK_SECRET_NOT_FOUND
 * @throws Refusal CONFLICT `secret_disabled`
 */
export function promoteCallbackSecret(
  db: Db,
  { caller, context, secretId }: Promote,
): Promise<CallbackSecret> {
  return inTransaction(db, async (tx) => {
    const secret = await lockSecret(tx, caller.reach, secretId);
    if (secret.is_current) return toCallbackSecret(secret);
    if (secret.disabled_at)
      throw conflict("secret_disabled", "A disabled secret can't sign; make a new one.");
    const { id, org_id: orgId } = secret;
    // Two statements: the index that allows one current secret is checked row by row.
    await tx.$executeRaw`UPDATE callback_secrets SET is_current = false WHERE org_id = ${orgId}::uuid AND is_current`;
    const [row] = await tx.$queryRaw<CallbackSecretRow[]>`
      UPDATE callback_secrets r SET is_current = true, promoted_at = date_trunc('milliseconds', clock_timestamp())
      WHERE r.id = ${id}::uuid RETURNING ${SECRET_COLUMNS}`;
    const target = { type: "callback_secret", id, label: `…${secret.hint}` } as const;
    await writeEntry(tx, { caller, context, orgId, action: "callback_secret.promoted", target });
    return toCallbackSecret(row!);
  });
}
