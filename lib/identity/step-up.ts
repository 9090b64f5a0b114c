import type { Db } from "@/lib/platform/db/client";
import { env } from "@/lib/platform/env/env";
import { Refusal } from "@/lib/platform/errors";
import type { RequestContext } from "@/lib/states/audit-entry";
import type { Caller } from "@/lib/states/caller";
import { type Browser, verifyOwnPassword } from "./verify-own-password";

type StepUp = { caller: Caller; context: RequestContext; browser: Browser; password: string };

/**
 * Step-up authentication: the person of a session proves again who they are.
 * @returns when that expires
 * @throws Refusal VALIDATION_ERROR `wrong_password`
 * @throws Refusal RATE_LIMITED with `Retry-After` in seconds
 */
export async function stepUp(db: Db, { caller, ...proof }: StepUp): Promise<Date> {
  const { passwordHash } = await verifyOwnPassword(db, { caller, ...proof, field: "password" });
  // Guarded: the session may have ended or the password changed since.
  const [renewed] = await db.$queryRaw<{ until: Date }[]>`
    UPDATE sessions s SET authenticated_at = date_trunc('milliseconds', now()) FROM people p
    WHERE s.id = ${caller.credentialId}::uuid AND s.ended_at IS NULL AND s.expires_at > now()
      AND p.id = s.person_id AND p.disabled_at IS NULL AND p.password_hash = ${passwordHash}
    RETURNING s.authenticated_at + ${env().STEP_UP_MINUTES}::int * interval '1 minute' AS until`;
  if (!renewed) throw new Refusal("UNAUTHORIZED");
  return renewed.until;
}
