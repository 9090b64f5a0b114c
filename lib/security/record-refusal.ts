import type { Operation } from "@/lib/contract/operation";
import { db } from "@/lib/platform/db/client";
import type { Refusal } from "@/lib/platform/errors";
import type { RequestContext } from "@/lib/states/audit-entry";
import type { Caller } from "@/lib/states/caller";
import { recordSecurityEvent } from "./record-security-event";

type Refused = {
  refusal: Refusal;
  status: number;
  operation: Operation | undefined;
  method: string;
  path: string;
  caller: Caller | undefined;
  context: RequestContext;
};

/**
 * Records a refused request as a security event: always on admin routes, elsewhere when staff attempted
 * something that would have left an audit entry or concerns their own account. A customer's mistakes are only
 * logged.
 */
export async function recordRefusal({ refusal, operation, ...event }: Refused): Promise<void> {
  const { detail, errors, isOneOfMany } = refusal.options;
  if (isOneOfMany || operation?.access.by !== "credential") return;
  const leavesTrace = typeof operation.audits === "string" || operation.access.session === true;
  const isByStaff = event.caller?.isAdmitted === true && leavesTrace;
  if (!operation.access.admin && !isByStaff) return;
  await recordSecurityEvent(db(), {
    kind: "request.refused",
    code: refusal.code,
    ...event,
    detail: detail ?? (errors ? { errors } : null),
  });
}
