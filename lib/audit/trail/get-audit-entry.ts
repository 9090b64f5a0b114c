import { Prisma } from "@/generated/prisma/client";
import type { AuditEntry } from "@/lib/contract/audit";
import { parseUuid } from "@/lib/contract/values";
import type { Db } from "@/lib/platform/db/client";
import { Refusal } from "@/lib/platform/errors";
import { type Reach, reaches } from "@/lib/states/caller";
import { AUDIT_COLUMNS, type AuditRow, toAuditEntry, WITH_SEAL } from "./audit-record";

/**
 * @param id as in the path; upper case is the same id
 * @throws Refusal AUDIT_ENTRY_NOT_FOUND for a malformed id, a missing entry, and one out of reach
 */
export async function getAuditEntry(db: Db, reach: Reach, id: string): Promise<AuditEntry> {
  const entryId = parseUuid(id);
  if (entryId === undefined) throw new Refusal("AUDIT_ENTRY_NOT_FOUND");
  const [row] = await db.$queryRaw<AuditRow[]>(
    Prisma.sql`SELECT ${AUDIT_COLUMNS} FROM audit_entries r ${WITH_SEAL} WHERE r.id = ${entryId}::uuid`,
  );
  if (!row) throw new Refusal("AUDIT_ENTRY_NOT_FOUND");
  if (!reaches(reach, row.orgId)) {
    throw new Refusal("AUDIT_ENTRY_NOT_FOUND", {
      detail: { out_of_reach: true, org_id: row.orgId, entry_id: entryId },
    });
  }
  return toAuditEntry(row);
}
