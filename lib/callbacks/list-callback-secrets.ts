import type { CallbackSecret } from "@/lib/contract/callback-secrets";
import type { Db } from "@/lib/db/client";
import type { Reach } from "@/lib/identity/caller";
import { within } from "@/lib/paging/select-slice";
import { type CallbackSecretRow, SECRET_COLUMNS, toCallbackSecret } from "./callback-secret-record";

const MOST = 500;

/** @returns the callback secrets in reach, the newest first, disabled ones included */
export async function listCallbackSecrets(db: Db, reach: Reach): Promise<CallbackSecret[]> {
  const rows = await db.$queryRaw<CallbackSecretRow[]>`
    SELECT ${SECRET_COLUMNS} FROM callback_secrets r WHERE ${within(reach)} ORDER BY r.id DESC LIMIT ${MOST}`;
  return rows.map(toCallbackSecret);
}
