import { randomBytes } from "node:crypto";
import { v7 as uuidv7 } from "uuid";
import { writeEntry } from "@/lib/audit/trail/write-entry";
import type { NewCallbackSecret } from "@/lib/contract/callback-secrets";
import { oneOrganization } from "@/lib/identity/one-organization";
import type { Db } from "@/lib/platform/db/client";
import { env } from "@/lib/platform/env/env";
import type { RequestContext } from "@/lib/states/audit-entry";
import type { Caller } from "@/lib/states/caller";
import { SECRET_FIELDS, toCallbackSecret } from "./callback-secret-record";
import { lockSecretsOf } from "./lock-callback-secrets";
import { sealSecret } from "./seal-secret";

const HINT_LENGTH = 4;

/**
 * Creates a secret for the caller's organization. The first one signs immediately; later ones wait until
 * promoted, so that the customer can configure them first.
 * @returns the secret in clear text, which can't be read again
 * @throws Refusal VALIDATION_ERROR without a single organization
 */
export function createCallbackSecret(
  db: Db,
  { caller, context }: { caller: Caller; context: RequestContext },
): Promise<NewCallbackSecret> {
  const orgId = oneOrganization(caller.reach);
  const id = uuidv7();
  const secret = `rf_whs_${randomBytes(32).toString("base64url")}`;
  const sealed = sealSecret(secret, { orgId, secretId: id }, env().ENCRYPTION_KEYS);
  return db.$transaction(async (tx) => {
    await lockSecretsOf(tx, orgId);
    const isFirst = (await tx.callbackSecret.count({ where: { orgId, isCurrent: true } })) === 0;
    const promotedAt = isFirst ? new Date() : null;
    const row = await tx.callbackSecret.create({
      data: {
        id,
        orgId,
        ciphertext: sealed,
        hint: secret.slice(-HINT_LENGTH),
        isCurrent: isFirst,
        promotedAt,
      },
      select: SECRET_FIELDS,
    });
    const target = { type: "callback_secret", id, label: `…${row.hint}` } as const;
    const meta = { is_current: row.isCurrent };
    await writeEntry(tx, { caller, context, orgId, action: "callback_secret.created", target, meta });
    return { ...toCallbackSecret(row), secret };
  });
}
