import { takeGrant } from "@/lib/approvals/take-grant";
import { writeEntry } from "@/lib/audit/trail/write-entry";
import type { InvitedPerson, InvitePersonBody } from "@/lib/contract/people";
import { isMailOn } from "@/lib/mail/queue-mail";
import type { Db } from "@/lib/platform/db/client";
import { isUniqueViolation } from "@/lib/platform/db/is-unique-violation";
import { conflict } from "@/lib/platform/errors";
import type { RequestContext } from "@/lib/states/audit-entry";
import type { Caller } from "@/lib/states/caller";
import { PLATFORM_ORG_ID } from "@/lib/states/platform-org";
import { deliverLink } from "./deliver-link";
import { describeReason } from "./describe-reason";
import { getPerson } from "./get-person";
import { lockPeople } from "./lock-people";
import { openLink } from "./open-link";
import { refuseBeyond, refuseUselessPassword } from "./refuse-beyond";
import { refuseLookalike } from "./refuse-lookalike";
import { writeReach } from "./write-reach";

type InvitePerson = { caller: Caller; context: RequestContext; body: InvitePersonBody };

/**
 * Adds a staff person, who can do nothing until they set a password through the link.
 * @returns the link too, which can't be read again; null if it was sent to the person
 * @throws Refusal PERMISSION_DENIED `escalation_forbidden` for a role or reach beyond the caller's
 * @throws Refusal CONFLICT `email_taken`, `name_taken`, `password_sign_in_off`, `approval_required`
 */
export async function invitePerson(db: Db, { caller, context, body }: InvitePerson): Promise<InvitedPerson> {
  const { name, email, role, reach, reason } = body;
  const work = async (tx: Db) => {
    const actor = await lockPeople(tx, caller);
    await refuseBeyond(tx, actor, body);
    await refuseLookalike(tx, name);
    refuseUselessPassword(email);
    const approval = await takeGrant(tx, caller, body);
    const { id } = await tx.person.create({
      data: { kind: "staff", name, email, role, reachesAllOrgs: reach.all },
      select: { id: true },
    });
    await writeReach(tx, id, reach.org_ids ?? []);
    const link = await deliverLink(tx, {
      link: await openLink(tx, { personId: id, makerId: caller.person.id, isMailed: isMailOn() }),
      person: body,
      by: caller.person,
      isInvitation: true,
    });
    const target = { type: "person", id, label: email } as const;
    const meta = { ...describeReason(reason), name, role, reach: { org_ids: null, ...reach }, ...approval };
    await writeEntry(tx, { caller, context, orgId: PLATFORM_ORG_ID, action: "person.invited", target, meta });
    return { ...(await getPerson(tx, actor.reach, id)), link };
  };
  try {
    return await db.$transaction(work);
  } catch (error) {
    if (!isUniqueViolation(error)) throw error;
    throw conflict("email_taken", "Someone already has this email address.", ["body", "email"]);
  }
}
