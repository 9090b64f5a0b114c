import { writeEntry } from "@/lib/audit/trail/write-entry";
import type { Factor } from "@/lib/contract/factors";
import type { Db } from "@/lib/platform/db/client";
import { conflict, Refusal } from "@/lib/platform/errors";
import type { RequestContext } from "@/lib/states/audit-entry";
import type { Caller } from "@/lib/states/caller";
import { PLATFORM_ORG_ID } from "@/lib/states/platform-org";
import { readFactorId } from "./change-factor";
import { mailFactorNews } from "@/lib/identity/factor-mail";
import { isFactorRequired, toFactor } from "./find-factors";
import { lockFactors } from "./lock-factors";
import { removeIn } from "./remove-in";

type RemoveFactor = { caller: Caller; context: RequestContext; factorId: string };

/**
 * Removes one of the caller's own factors; with the last one, the recovery codes end.
 * @throws Refusal FACTOR_NOT_FOUND, also for someone else's or a removed one
 * @throws Refusal CONFLICT `last_factor` where a second factor is required
 */
export function removeFactor(db: Db, { caller, context, factorId }: RemoveFactor): Promise<Factor> {
  const { person } = caller;
  return db.$transaction(async (tx) => {
    await lockFactors(tx, caller);
    const id = readFactorId(factorId);
    const known = await tx.secondFactor.count({ where: { personId: person.id, removedAt: null } });
    const [removed] = await removeIn(tx, { personId: person.id, id });
    if (!removed) throw new Refusal("FACTOR_NOT_FOUND");
    if (known === 1 && isFactorRequired())
      throw conflict("last_factor", "You need a second factor. Add another one before you remove this one.");
    if (known === 1) await tx.recoveryCode.deleteMany({ where: { personId: person.id } });
    const { kind, name } = removed;
    await writeEntry(tx, {
      caller,
      context,
      orgId: PLATFORM_ORG_ID,
      action: "person.factor_removed",
      target: { type: "person", id: person.id, label: person.email },
      meta: { factors: [{ id, kind, name }] },
    });
    const what = `${kind === "totp" ? "An authenticator app" : "A passkey"} was removed from your Runflow console account`;
    await mailFactorNews(tx, { person, what, context });
    return toFactor(removed);
  });
}
