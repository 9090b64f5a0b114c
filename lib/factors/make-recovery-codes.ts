import { writeEntry } from "@/lib/audit/trail/write-entry";
import type { RecoveryCodes } from "@/lib/contract/factors";
import type { Db } from "@/lib/platform/db/client";
import { conflict } from "@/lib/platform/errors";
import type { RequestContext } from "@/lib/states/audit-entry";
import type { Caller } from "@/lib/states/caller";
import { PLATFORM_ORG_ID } from "@/lib/states/platform-org";
import { mailFactorNews } from "@/lib/identity/factor-mail";
import { lockFactors } from "./lock-factors";
import { hashRecoveryCode, newRecoveryCode, RECOVERY_CODES } from "@/lib/identity/recovery-code";

type MakeRecoveryCodes = { caller: Caller; context: RequestContext };

/**
 * Makes ten recovery codes for the caller, which replace the earlier ones.
 * @returns the codes, which can't be read again
 * @throws Refusal CONFLICT `no_factor`
 */
export function makeRecoveryCodes(db: Db, { caller, context }: MakeRecoveryCodes): Promise<RecoveryCodes> {
  const { person } = caller;
  const personId = person.id;
  return db.$transaction(async (tx) => {
    await lockFactors(tx, caller);
    if ((await tx.secondFactor.count({ where: { personId, removedAt: null } })) === 0)
      throw conflict("no_factor", "Recovery codes replace a second factor. Add one first.");
    await tx.recoveryCode.deleteMany({ where: { personId } });
    const codes = Array.from({ length: RECOVERY_CODES }, newRecoveryCode);
    await tx.recoveryCode.createMany({
      data: codes.map((code) => ({ personId, hash: hashRecoveryCode(code) })),
    });
    await writeEntry(tx, {
      caller,
      context,
      orgId: PLATFORM_ORG_ID,
      action: "person.recovery_codes_made",
      target: { type: "person", id: personId, label: person.email },
    });
    const what = "Recovery codes were created for your Runflow console account";
    await mailFactorNews(tx, { person, what, context });
    return { id: personId, codes };
  });
}
