import type { Factor, FactorKind, Factors } from "@/lib/contract/factors";
import { formatTimestamp } from "@/lib/contract/values";
import type { Db } from "@/lib/platform/db/client";
import { env } from "@/lib/platform/env/env";

export const FACTOR_FIELDS = {
  id: true,
  kind: true,
  name: true,
  createdAt: true,
  lastUsedAt: true,
} as const;
type Row = { id: string; kind: string; name: string; createdAt: Date; lastUsedAt: Date | null };

export const toFactor = ({ id, kind, name, createdAt, lastUsedAt }: Row): Factor => ({
  id,
  kind: kind as FactorKind,
  name,
  created_at: formatTimestamp(createdAt),
  last_used_at: lastUsedAt && formatTimestamp(lastUsedAt),
});

export const isFactorRequired = (): boolean => env().SECOND_FACTOR === "required";

/** A person's factors, the oldest first. */
export async function findFactors(db: Db, personId: string): Promise<Factors> {
  const [rows, left] = await Promise.all([
    db.secondFactor.findMany({
      where: { personId, removedAt: null },
      select: FACTOR_FIELDS,
      orderBy: { id: "asc" },
    }),
    db.recoveryCode.count({ where: { personId, usedAt: null } }),
  ]);
  return { items: rows.map(toFactor), recovery_codes_left: left, is_required: isFactorRequired() };
}
