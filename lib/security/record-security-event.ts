import type { SecurityEvent } from "@/lib/contract/security";
import type { Db } from "@/lib/platform/db/client";
import { log } from "@/lib/platform/log";
import type { RequestContext } from "@/lib/states/audit-entry";
import type { Caller } from "@/lib/states/caller";

export type SecurityEventInput = {
  kind: SecurityEvent["kind"];
  status: number;
  code: string;
  method: string;
  path: string;
  caller: Caller | undefined;
  /** A name that was claimed but not proved, such as the e-mail of a failed sign-in. */
  claimedName?: string;
  context: Omit<RequestContext, "source">;
  detail: Record<string, unknown> | null;
};

/** PostgreSQL keeps neither NUL nor half a surrogate pair; what a caller sends must not be able to prevent the trace of it. */
const makeStorable = (text: string): string => text.replaceAll("\0", "\ufffd").toWellFormed();
const storable = (_key: string, value: unknown): unknown =>
  typeof value === "string" ? makeStorable(value) : value;

/** Keeps a refused or failed attempt. It never fails the request: the refusal stands, and the log has the fault. */
export async function recordSecurityEvent(db: Db, event: SecurityEventInput): Promise<void> {
  const actor = event.caller?.actor;
  const reach = event.caller?.reach;
  try {
    await db.securityEvent.create({
      data: {
        kind: event.kind,
        status: event.status,
        code: event.code,
        method: event.method,
        path: event.path.slice(0, 500),
        actorType: actor?.type ?? null,
        actorId: actor?.id ?? null,
        actorName:
          actor?.name ??
          (event.claimedName === undefined ? null : makeStorable(event.claimedName.slice(0, 320))),
        actorKeyPrefix: actor?.keyPrefix ?? null,
        orgId: reach && !reach.all && reach.orgIds.length === 1 ? reach.orgIds[0]! : null,
        ip: event.context.ip,
        userAgent: event.context.userAgent,
        requestId: event.context.requestId,
        ...(event.detail && { detail: JSON.parse(JSON.stringify(event.detail), storable) as object }),
      },
    });
  } catch (error) {
    log.error({ err: error, request_id: event.context.requestId }, "a security event could not be kept");
  }
}
