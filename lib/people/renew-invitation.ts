import { writeEntry } from "@/lib/audit/trail/write-entry";
import type { InvitedPerson } from "@/lib/contract/people";
import { isMailOn } from "@/lib/mail/queue-mail";
import type { Db } from "@/lib/platform/db/client";
import { conflict } from "@/lib/platform/errors";
import type { RequestContext } from "@/lib/states/audit-entry";
import type { Caller } from "@/lib/states/caller";
import { PLATFORM_ORG_ID } from "@/lib/states/platform-org";
import { deliverLink } from "./deliver-link";
import { describeReason } from "./describe-reason";
import { getPerson, getStaff } from "./get-person";
import { lockPeople } from "./lock-people";
import { openLink } from "./open-link";
import { refuseBeyond, refuseManaged, refuseOneself, refuseUselessPassword } from "./refuse-beyond";

type RenewInvitation = {
  caller: Caller;
  context: RequestContext;
  personId: string;
  reason: string | null | undefined;
};

/**
 * Opens a new link for a staff person who lost the previous one or forgot their password. The current
 * password works until they set a new one, which ends their sessions, so that no one can take over an account
 * unnoticed.
 * @returns the link too, which can't be read again; null if it was sent to the person
 * @throws Refusal PERSON_NOT_FOUND
 * @throws Refusal CONFLICT `self_action_forbidden`, `person_disabled`, `managed_by_provider`,
 * `password_sign_in_off`
 * @throws Refusal PERMISSION_DENIED `escalation_forbidden` for a person with more rights than the caller
 */
export function renewInvitation(
  db: Db,
  { caller, context, personId, reason }: RenewInvitation,
): Promise<InvitedPerson> {
  return db.$transaction(async (tx) => {
    const actor = await lockPeople(tx, caller);
    const person = await getStaff(tx, actor.reach, personId);
    const { id, email, role, reach } = person;
    refuseOneself(caller, id, "You can't make a link for yourself. Ask another admin.");
    refuseManaged(person);
    refuseUselessPassword(email);
    if (person.state === "disabled") throw conflict("person_disabled", "Enable the person first.");
    await refuseBeyond(tx, actor, { role, reach });
    const link = await deliverLink(tx, {
      link: await openLink(tx, { personId: id, makerId: caller.person.id, isMailed: isMailOn() }),
      person,
      by: caller.person,
      isInvitation: person.state === "invited",
    });
    const target = { type: "person", id, label: email } as const;
    const meta = { ...describeReason(reason), is_renewal: true };
    await writeEntry(tx, { caller, context, orgId: PLATFORM_ORG_ID, action: "person.invited", target, meta });
    return { ...(await getPerson(tx, actor.reach, id)), link };
  });
}
