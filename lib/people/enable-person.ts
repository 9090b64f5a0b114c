import { takeGrant } from "@/lib/approvals/take-grant";
import { writeEntry } from "@/lib/audit/trail/write-entry";
import type { Db } from "@/lib/platform/db/client";
import type { RequestContext } from "@/lib/states/audit-entry";
import type { Caller } from "@/lib/states/caller";
import { PLATFORM_ORG_ID } from "@/lib/states/platform-org";
import { describeReason } from "./describe-reason";
import type { Switched } from "./disable-person";
import { getPerson, getStaff } from "./get-person";
import { lockPeople } from "./lock-people";
import { refuseBeyond, refuseManaged } from "./refuse-beyond";

type EnablePerson = {
  caller: Caller;
  context: RequestContext;
  personId: string;
  reason: string | null | undefined;
};

/**
 * Enables a staff person with their former role, reach and password. Ended sessions stay ended.
 * @throws Refusal PERSON_NOT_FOUND
 * @throws Refusal CONFLICT `managed_by_provider` if their identity provider disabled them;
 * `approval_required` for an admin
 * @throws Refusal PERMISSION_DENIED `escalation_forbidden` for a person with more rights than the caller
 */
export function enablePerson(db: Db, { caller, context, personId, reason }: EnablePerson): Promise<Switched> {
  return db.$transaction(async (tx) => {
    const actor = await lockPeople(tx, caller);
    const person = await getStaff(tx, actor.reach, personId);
    const { id, email } = person;
    if (person.state !== "disabled") return { outcome: "unchanged", person };
    if (person.identity_provider?.has_disabled) refuseManaged(person);
    await refuseBeyond(tx, actor, person);
    const approval = await takeGrant(tx, caller, person);
    await tx.person.updateMany({ where: { id }, data: { disabledAt: null, updatedAt: new Date() } });
    const target = { type: "person", id, label: email } as const;
    const meta = { ...describeReason(reason), ...approval };
    await writeEntry(tx, { caller, context, orgId: PLATFORM_ORG_ID, action: "person.enabled", target, meta });
    return { outcome: "transitioned", person: await getPerson(tx, actor.reach, id) };
  });
}
