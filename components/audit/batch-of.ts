import type { AuditEntry } from "@/lib/contract/audit";

/** The bulk cancellation that an entry belongs to, if any. */
export function batchOf(meta: AuditEntry["meta"] | undefined): string | undefined {
  const id = meta?.["batch_id"];
  return typeof id === "string" ? id : undefined;
}
