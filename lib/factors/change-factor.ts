import type { Factor } from "@/lib/contract/factors";
import { parseUuid } from "@/lib/contract/values";
import type { Db } from "@/lib/platform/db/client";
import { Refusal } from "@/lib/platform/errors";
import type { Caller } from "@/lib/states/caller";
import { FACTOR_FIELDS, toFactor } from "./find-factors";

/** @throws Refusal FACTOR_NOT_FOUND, also for someone else's */
export async function renameFactor(
  db: Db,
  { person }: Caller,
  { factorId, name }: { factorId: string; name: string },
): Promise<Factor> {
  const [factor] = await db.secondFactor.updateManyAndReturn({
    where: { id: readFactorId(factorId), personId: person.id, removedAt: null },
    data: { name },
    select: FACTOR_FIELDS,
  });
  if (!factor) throw new Refusal("FACTOR_NOT_FOUND");
  return toFactor(factor);
}

export function readFactorId(factorId: string): string {
  const id = parseUuid(factorId);
  if (id === undefined) throw new Refusal("FACTOR_NOT_FOUND");
  return id;
}
