import type { Prisma } from "@/generated/prisma/client";
import type { CallbackSecret } from "@/lib/contract/callback-secrets";
import { formatTimestamp } from "@/lib/contract/values";

/** The fields to read of a callback secret, never its value. */
export const SECRET_FIELDS = {
  id: true,
  orgId: true,
  hint: true,
  isCurrent: true,
  createdAt: true,
  promotedAt: true,
  disabledAt: true,
} satisfies Prisma.CallbackSecretSelect;

export type CallbackSecretRow = Prisma.CallbackSecretGetPayload<{ select: typeof SECRET_FIELDS }>;

export const toCallbackSecret = (row: CallbackSecretRow): CallbackSecret => ({
  id: row.id,
  org_id: row.orgId,
  hint: row.hint,
  is_current: row.isCurrent,
  created_at: formatTimestamp(row.createdAt),
  promoted_at: row.promotedAt && formatTimestamp(row.promotedAt),
  disabled_at: row.disabledAt && formatTimestamp(row.disabledAt),
});
