import { writeEntry } from "@/lib/audit/trail/write-entry";
import type { SetPasswordBody } from "@/lib/contract/people";
import { addressBlock } from "@/lib/identity/address-block";
import { TooBusy } from "@/lib/identity/limiter";
import { endSessionsOf } from "@/lib/identity/end-session";
import { beforeStrangers, hashPassword } from "@/lib/identity/password";
import { actorOf, type SessionPerson } from "@/lib/identity/session-person";
import { countUnknownLink } from "@/lib/identity/sign-in-limits";
import type { Db } from "@/lib/platform/db/client";
import { Refusal } from "@/lib/platform/errors";
import { recordSecurityEvent } from "@/lib/security/record-security-event";
import type { RequestContext } from "@/lib/states/audit-entry";
import { PLATFORM_ORG_ID } from "@/lib/states/platform-org";
import { hashToken } from "./open-link";
import { refuseWeakPassword } from "./refuse-weak-password";

type SetPassword = { context: RequestContext; body: SetPasswordBody };
type Owner = Pick<SessionPerson, "id" | "email">;

/**
 * Sets a person's password through their link, so that only they know it. It verifies the email that received
 * the link, and ends the person's sessions. A refused attempt leaves a security event.
 * @throws Refusal PASSWORD_LINK_NOT_FOUND for an unknown, used, expired or replaced link, or a disabled
 * person
 * @throws Refusal VALIDATION_ERROR `password_too_weak`; the link stays open
 * @throws Refusal RATE_LIMITED with `Retry-After` in seconds
 */
export async function setPassword(
  db: Db,
  { context, body: { token, password } }: SetPassword,
): Promise<Owner> {
  const tokenHash = hashToken(token);
  try {
    const person = await findPerson(db, tokenHash);
    if (person) await refuseWeakPassword(password, person, "password");
    const owner = person && (await useLink(db, tokenHash, password, context));
    if (owner) return owner;
  } catch (error) {
    if (!(error instanceof TooBusy)) throw error;
    throw new Refusal("RATE_LIMITED", {
      message: "Too many people are setting passwords right now. Try again.",
      headers: retryAfter(1),
    });
  }
  // Only failures count: a valid link works at every address, whatever others do there.
  const blocked = await countUnknownLink(addressBlock(context.ip));
  if (!blocked) throw await refuse(db, context, "PASSWORD_LINK_NOT_FOUND");
  // One event reports the block, as for sign-ins.
  throw await refuse(db, context, "RATE_LIMITED", blocked.isFirst);
}

/**
 * Finds the person of an open link, before hashing, which occupies a core for a while.
 */
async function findPerson(db: Db, tokenHash: Uint8Array<ArrayBuffer>) {
  const where = { tokenHash, usedAt: null, expiresAt: { gt: new Date() } };
  const select = { person: { select: { name: true, email: true } } };
  return (await db.passwordLink.findFirst({ where, select }))?.person;
}

async function useLink(
  db: Db,
  tokenHash: Uint8Array<ArrayBuffer>,
  password: string,
  context: RequestContext,
): Promise<Owner | undefined> {
  const passwordHash = await beforeStrangers(() => hashPassword(password));
  return db.$transaction(async (tx) => {
    // One guarded statement uses up the link, by the same clock as the password trigger.
    const [person] = await tx.$queryRaw<SessionPerson[]>`
      WITH used AS (
        UPDATE password_links SET used_at = date_trunc('milliseconds', clock_timestamp())
        WHERE token_hash = ${tokenHash} AND used_at IS NULL AND expires_at > clock_timestamp() RETURNING person_id)
      UPDATE people p SET password_hash = ${passwordHash}, updated_at = date_trunc('milliseconds', clock_timestamp()),
        email_verified_at = coalesce(p.email_verified_at, date_trunc('milliseconds', clock_timestamp()))
      FROM used WHERE p.id = used.person_id AND p.disabled_at IS NULL
      RETURNING p.id, p.name, p.email, p.role, p.org_id AS "orgId"`;
    if (!person) return undefined;
    const actor = actorOf(person);
    await writeEntry(tx, {
      caller: { actor },
      context,
      orgId: PLATFORM_ORG_ID,
      action: "person.password_set",
      target: { type: "person", id: person.id, label: person.email },
    });
    await endSessionsOf(tx, { personId: person.id, context, cause: "password_set" });
    return { id: person.id, email: person.email };
  });
}

const QUARTER_HOUR = 15 * 60;
const retryAfter = (seconds: number) => ({ "Retry-After": String(seconds) });

async function refuse(
  db: Db,
  context: RequestContext,
  code: "RATE_LIMITED" | "PASSWORD_LINK_NOT_FOUND",
  isKept = true,
): Promise<Refusal> {
  const isLimit = code === "RATE_LIMITED";
  const event = {
    kind: "password_link.refused",
    method: "POST",
    path: "/v1/auth/password",
    caller: undefined,
  } as const;
  if (isKept) {
    await recordSecurityEvent(db, { ...event, status: isLimit ? 429 : 404, code, context, detail: null });
  }
  if (!isLimit) return new Refusal(code);
  const message = "Too many failed attempts from this address. Wait 15 minutes, then try again.";
  return new Refusal(code, { message, headers: retryAfter(QUARTER_HOUR) });
}
