import type { Db } from "@/lib/platform/db/client";
import { FACTOR_FIELDS } from "./find-factors";

/**
 * Removes a person's factors, or one of them, with their secrets.
 * @param tx the transaction of their entry
 */
export const removeIn = (tx: Db, { personId, id }: { personId: string; id?: string }) =>
  tx.secondFactor.updateManyAndReturn({
    where: { personId, removedAt: null, ...(id !== undefined && { id }) },
    data: { removedAt: new Date(), secret: null, publicKey: null },
    select: FACTOR_FIELDS,
  });
