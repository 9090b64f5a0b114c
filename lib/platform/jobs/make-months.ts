import type { Db } from "@/lib/platform/db/client";
import { log } from "@/lib/platform/log";

/** How many months after this one have their tables, and how few of them are a reason to be woken. */
const AHEAD = 12;
const TOO_FEW = 2;

type Ahead = { audit: number; security: number };

/**
 * Makes the months ahead of the audit trail and of the security events: an entry whose month has no table is refused, and
 * with it the change that it is about.
 * @returns how many were made
 */
export async function makeMonths(db: Db): Promise<number> {
  try {
    const [made] = await db.$queryRaw<{ count: number }[]>`
      SELECT make_audit_months(${AHEAD}::int) + make_security_months(${AHEAD}::int) AS count`;
    if (made!.count > 0) log.info({ months: made!.count }, "months were made ahead");
    return made!.count;
  } finally {
    const [ahead] = await db.$queryRaw<Ahead[]>`
      SELECT months_ahead('audit_entries') AS audit, months_ahead('security_events') AS security`;
    if (Math.min(ahead!.audit, ahead!.security) < TOO_FEW) {
      log.error(ahead!, "hardly any months are made ahead: soon nothing that must be recorded can be done");
    }
  }
}
