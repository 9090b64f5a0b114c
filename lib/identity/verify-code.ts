import type { Db } from "@/lib/platform/db/client";
import { hashRecoveryCode, isRecoveryCode, normalizeCode } from "./recovery-code";
import { findTimeStep, openTotpSecret } from "./totp";

type VerifyCode = { personId: string; code: string; now?: number };

/**
 * Verifies a person's code and uses it up: of any number of callers with the same one, one succeeds. A time
 * step is accepted once.
 * @returns what the code was; undefined for a wrong or used one
 */
export async function verifyCode(
  db: Db,
  { personId, code, now = Date.now() }: VerifyCode,
): Promise<"totp" | "recovery_code" | undefined> {
  const text = normalizeCode(code);
  if (isRecoveryCode(text)) return (await useRecoveryCode(db, personId, text)) ? "recovery_code" : undefined;
  if (!/^\d{6}$/.test(text)) return undefined;
  const apps = await db.secondFactor.findMany({
    where: { personId, kind: "totp", removedAt: null },
    select: { id: true, secret: true },
  });
  for (const { id, secret } of apps) {
    const step = secret ? findTimeStep(openTotpSecret(secret, personId), text, now) : undefined;
    if (step !== undefined && (await useTimeStep(db, id, step))) return "totp";
  }
  return undefined;
}

async function useTimeStep(db: Db, id: string, step: number): Promise<boolean> {
  const { count } = await db.secondFactor.updateMany({
    where: { id, removedAt: null, lastStep: { lt: step } },
    data: { lastStep: step, lastUsedAt: new Date() },
  });
  return count === 1;
}

/** Only while the person has a factor: recovery codes replace one. */
async function useRecoveryCode(db: Db, personId: string, code: string): Promise<boolean> {
  const { count } = await db.recoveryCode.updateMany({
    where: {
      personId,
      hash: hashRecoveryCode(code),
      usedAt: null,
      person: { factors: { some: { removedAt: null } } },
    },
    data: { usedAt: new Date() },
  });
  return count === 1;
}
