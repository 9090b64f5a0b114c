import { writeEntry } from "@/lib/audit/trail/write-entry";
import type { CallbackSecret } from "@/lib/contract/callback-secrets";
import type { Db } from "@/lib/platform/db/client";
import { conflict } from "@/lib/platform/errors";
import type { RequestContext } from "@/lib/states/audit-entry";
import type { Caller } from "@/lib/states/caller";
import { SECRET_FIELDS, toCallbackSecret } from "./callback-secret-record";
import { lockSecret } from "./lock-callback-secrets";

type Promote = { caller: Caller; context: RequestContext; secretId: string };

/**
 * Makes this secret sign from now on; the previous one stays valid until it is disabled. Does nothing if it
 * is already current.
 * @throws Refusal CALLBACK_SECRET_NOT_FOUND
 * @throws Refusal CONFLICT `secret_disabled`
 */
export function promoteCallbackSecret(
  db: Db,
  { caller, context, secretId }: Promote,
): Promise<CallbackSecret> {
  return db.$transaction(async (tx) => {
    const secret = await lockSecret(tx, caller.reach, secretId);
    if (secret.isCurrent) return toCallbackSecret(secret);
    if (secret.disabledAt)
      throw conflict("secret_disabled", "A disabled secret can't sign. Create a new one.");
    const { id, orgId } = secret;
    // Two statements, because the index that allows one current secret is checked row by row.
    await tx.callbackSecret.updateMany({ where: { orgId, isCurrent: true }, data: { isCurrent: false } });
    const row = await tx.callbackSecret.update({
      where: { id },
      data: { isCurrent: true, promotedAt: new Date() },
      select: SECRET_FIELDS,
    });
    const target = { type: "callback_secret", id, label: `…${secret.hint}` } as const;
    await writeEntry(tx, { caller, context, orgId, action: "callback_secret.promoted", target });
    return toCallbackSecret(row);
  });
}
