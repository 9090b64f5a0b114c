import type { Db } from "@/lib/platform/db/client";
import { log } from "@/lib/platform/log";

/** How many months ahead to have tables, and how few cause an alert. */
const AHEAD = 12;
const TOO_FEW = 2;

type Ahead = { audit: number; security: number };

/**
 * Creates the coming months of the audit trail and the security events. Without its month, an entry is
 * refused, and its change too.
 * @returns how many were created
 */
export async function makeMonths(db: Db): Promise<number> {
  try {
    const [made] = await db.$queryRaw<{ count: number }[]>`
      SELECT make_audit_months(${AHEAD}::int) + make_security_months(${AHEAD}::int) AS count`;
    if (made!.count > 0) log.info({ months: made!.count }, "months were created in advance");
    return made!.count;
  } finally {
    const [ahead] = await db.$queryRaw<Ahead[]>`
      SELECT months_ahead('audit_entries') AS audit, months_ahead('security_events') AS security`;
    if (Math.min(ahead!.audit, ahead!.security) < TOO_FEW) {
      log.error(ahead!, "too few months exist in advance: soon audited changes will be refused");
    }
  }
}
