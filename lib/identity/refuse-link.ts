import type { ErrorCode } from "@/lib/contract/errors";
import type { SecurityEvent } from "@/lib/contract/security";
import type { Db } from "@/lib/platform/db/client";
import { Refusal } from "@/lib/platform/errors";
import { tooMany } from "@/lib/platform/limits/too-many";
import { recordSecurityEvent } from "@/lib/security/record-security-event";
import type { RequestContext } from "@/lib/states/audit-entry";
import { addressBlock } from "./address-block";
import { countUnknownLink } from "./sign-in-limits";

type Link = {
  kind: SecurityEvent["kind"];
  path: string;
  /** The error of an invalid link. */
  code: ErrorCode;
};

/**
 * Counts the use of an invalid one-time link, with a security event. Only failures count: a valid link works
 * at every address, regardless of others there.
 * @returns the refusal: the link's own, or RATE_LIMITED with `Retry-After` in seconds
 */
export async function refuseLink(
  db: Db,
  context: RequestContext,
  { kind, path, code }: Link,
): Promise<Refusal> {
  const blocked = await countUnknownLink(addressBlock(context.ip));
  const event = { kind, method: "POST", path, caller: undefined, context, detail: null };
  if (!blocked) {
    await recordSecurityEvent(db, { ...event, status: 404, code });
    return new Refusal(code);
  }
  // One event reports the block, as for sign-ins.
  if (blocked.isFirst) await recordSecurityEvent(db, { ...event, status: 429, code: "RATE_LIMITED" });
  return tooMany("Too many failed attempts from this address.", blocked.seconds);
}
