import { Prisma } from "@/generated/prisma/client";
import type { CallbackSecret } from "@/lib/contract/callback-secrets";
import { formatTimestamp } from "@/lib/contract/values";

/** A callback secret as it is read: never what it is. */
export type CallbackSecretRow = Omit<CallbackSecret, "created_at" | "promoted_at" | "disabled_at"> & {
  created_at: Date;
  promoted_at: Date | null;
  disabled_at: Date | null;
};

/** The columns of a CallbackSecretRow, of a `callback_secrets` that is called `r`. */
export const SECRET_COLUMNS = Prisma.sql`r.id, r.org_id, r.hint, r.is_current, r.created_at, r.promoted_at, r.disabled_at`;

export const toCallbackSecret = (row: CallbackSecretRow): CallbackSecret => ({
  id: row.id,
  org_id: row.org_id,
  hint: row.hint,
  is_current: row.is_current,
  created_at: formatTimestamp(row.created_at),
  promoted_at: row.promoted_at && formatTimestamp(row.promoted_at),
  disabled_at: row.disabled_at && formatTimestamp(row.disabled_at),
});
