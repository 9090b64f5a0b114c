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
  /** A claimed but unproven name, such as the email of a failed sign-in. */
  claimedName?: string;
  context: Omit<RequestContext, "source">;
  detail: Record<string, unknown> | null;
};

/**
 * Makes a text storable: PostgreSQL can't store NUL or lone surrogates, and callers must not be able to
 * prevent the record by sending them.
 */
const makeStorable = (text: string): string => text.replaceAll("\0", "\ufffd").toWellFormed();
const storable = (_key: string, value: unknown): unknown =>
  typeof value === "string" ? makeStorable(value) : value;

const MAX_DETAIL_BYTES = 2_000;

/** Limits the size of an event: keeps the first errors that fit, and counts the rest. */
function boundDetail(detail: Record<string, unknown>): object {
  const errors = Array.isArray(detail["errors"]) ? (detail["errors"] as unknown[]) : [];
  for (let kept = errors.length; ; kept = Math.floor(kept / 2)) {
    const omitted = errors.length - kept;
    const part = omitted === 0 ? detail : { errors: errors.slice(0, kept), omitted };
    const text = JSON.stringify(part);
    // PostgreSQL writes a space after each comma and colon.
    const bytes = Buffer.byteLength(text) + (text.match(/[,:]/g)?.length ?? 0);
    if (bytes <= MAX_DETAIL_BYTES) return JSON.parse(text, storable) as object;
    if (kept === 0) return { omitted: Math.max(1, errors.length) };
  }
}

/** Records a refused or failed attempt. Never throws: the refusal is sent anyway, and a fault is logged. */
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
        ...(event.detail && { detail: boundDetail(event.detail) }),
      },
    });
  } catch (error) {
    log.error({ err: error, request_id: event.context.requestId }, "a security event could not be recorded");
  }
}
