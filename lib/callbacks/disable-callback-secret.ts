import { writeEntry } from "@/lib/audit/trail/write-entry";
import type { CallbackSecret } from "@/lib/contract/callback-secrets";
import type { Db } from "@/lib/platform/db/client";
import { conflict } from "@/lib/platform/errors";
import type { RequestContext } from "@/lib/states/audit-entry";
import type { Caller } from "@/lib/states/caller";
import { SECRET_FIELDS, toCallbackSecret } from "./callback-secret-record";
import { lockSecret } from "./lock-callback-secrets";

type Disable = { caller: Caller; context: RequestContext; secretId: string };

/**
 * Disables a secret permanently. The current one can be disabled only if it is the last; without any,
 * deliveries are unsigned. Does nothing if it is already disabled.
 * @throws Refusal CALLBACK_SECRET_NOT_FOUND
 * @throws Refusal CONFLICT `secret_is_current` while another one could be promoted
 */
export function disableCallbackSecret(
  db: Db,
  { caller, context, secretId }: Disable,
): Promise<CallbackSecret> {
  return db.$transaction(async (tx) => {
    const secret = await lockSecret(tx, caller.reach, secretId);
    if (secret.disabledAt) return toCallbackSecret(secret);
    const { id, orgId } = secret;
    const others = await tx.callbackSecret.count({ where: { orgId, disabledAt: null, id: { not: id } } });
    if (secret.isCurrent && others > 0) {
      throw conflict("secret_is_current", "This secret is the current one. Promote another secret first.");
    }
    const row = await tx.callbackSecret.update({
      where: { id },
      data: { isCurrent: false, disabledAt: new Date() },
      select: SECRET_FIELDS,
    });
    const target = { type: "callback_secret", id, label: `…${secret.hint}` } as const;
    await writeEntry(tx, { caller, context, orgId, action: "callback_secret.disabled", target });
    return toCallbackSecret(row);
  });
}
