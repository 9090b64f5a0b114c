import { FACTOR_KINDS, type FactorKind } from "@/lib/contract/factors";
import type { Db } from "@/lib/platform/db/client";

/** Which kinds of factors a person has. */
export async function findFactorKinds(db: Db, personId: string): Promise<FactorKind[]> {
  const rows = await db.secondFactor.findMany({
    where: { personId, removedAt: null },
    select: { kind: true },
    distinct: ["kind"],
  });
  return FACTOR_KINDS.filter((kind) => rows.some((row) => row.kind === kind));
}
