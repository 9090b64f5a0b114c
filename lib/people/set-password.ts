import { writeEntry } from "@/lib/audit/trail/write-entry";
import type { SetPasswordBody } from "@/lib/contract/people";
import { formatTimestamp } from "@/lib/contract/values";
import { TooBusy } from "@/lib/identity/limiter";
import { endSessionsOf } from "@/lib/identity/end-session";
import { hashToken } from "@/lib/identity/link-token";
import { beforeStrangers, hashPassword } from "@/lib/identity/password";
import { refuseLink } from "@/lib/identity/refuse-link";
import { actorOf, type SessionPerson } from "@/lib/identity/session-person";
import { isMailOn, queueMail } from "@/lib/mail/queue-mail";
import type { Db } from "@/lib/platform/db/client";
import { Refusal } from "@/lib/platform/errors";
import type { RequestContext } from "@/lib/states/audit-entry";
import { PLATFORM_ORG_ID } from "@/lib/states/platform-org";
import { writePasswordMail } from "./password-mail";
import { refuseWeakPassword } from "./refuse-weak-password";

type SetPassword = { context: RequestContext; body: SetPasswordBody };
type Owner = Pick<SessionPerson, "id" | "email">;

/**
 * Sets a person's password through their link, and ends the person's sessions. The entry, and a notice for
 * the person, name who made the link. The email counts as verified, though nothing proves that the link was
 * sent there. A refused attempt leaves a security event.
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
      headers: { "Retry-After": "1" },
    });
  }
  throw await refuseLink(db, context, PASSWORD_LINK);
}

const PASSWORD_LINK = {
  kind: "password_link.refused",
  path: "/v1/auth/password",
  code: "PASSWORD_LINK_NOT_FOUND",
} as const;

type UsedLink = {
  verifies_email: boolean;
  maker_id: string | null;
  is_mailed: boolean;
  maker_name: string;
  maker_email: string;
  made_at: Date;
  set_at: Date;
};

/** The maker of the link could have used it. */
const describeLink = ({ maker_id: id, maker_name: name, maker_email: email, made_at }: UsedLink) => ({
  made_by: id === null ? null : { id, name, email },
  made_at: formatTimestamp(made_at),
});

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
    const [row] = await tx.$queryRaw<(SessionPerson & UsedLink)[]>`
      WITH used AS (
        UPDATE password_links SET used_at = date_trunc('milliseconds', clock_timestamp())
        WHERE token_hash = ${tokenHash} AND used_at IS NULL AND expires_at > clock_timestamp()
        RETURNING person_id, created_by, created_at, used_at, is_mailed)
      UPDATE people p SET password_hash = ${passwordHash}, updated_at = date_trunc('milliseconds', clock_timestamp()),
        email_verified_at = coalesce(p.email_verified_at, date_trunc('milliseconds', clock_timestamp()))
      FROM used LEFT JOIN people m ON m.id = used.created_by
      WHERE p.id = used.person_id AND p.disabled_at IS NULL
      RETURNING p.id, p.name, p.email, p.role, p.org_id AS "orgId", old.email_verified_at IS NULL AS verifies_email,
        m.id AS maker_id, m.name AS maker_name, m.email AS maker_email, used.created_at AS made_at, used.used_at AS set_at,
        used.is_mailed`;
    if (!row) return undefined;
    const { id, name, email, role, orgId } = row;
    const person = { id, name, email, role, orgId };
    const actor = actorOf(person);
    const { set_at: setAt, maker_id: linkMadeBy, is_mailed: isMailed } = row;
    const notice = { setAt, linkMadeBy, isMailed, dismissedAt: null };
    await tx.passwordNotice.upsert({
      where: { personId: id },
      create: { personId: id, ...notice },
      update: notice,
      select: { personId: true },
    });
    await writeEntry(tx, {
      caller: { actor },
      context,
      orgId: PLATFORM_ORG_ID,
      action: "person.password_set",
      target: { type: "person", id: person.id, label: person.email },
      meta: { link: describeLink(row), ...(row.verifies_email && { verifies_email: true }) },
    });
    await endSessionsOf(tx, { personId: person.id, context, cause: "password_set" });
    if (isMailOn()) await queueMail(tx, writePasswordMail(person, context, new Date()));
    return { id: person.id, email: person.email };
  });
}
