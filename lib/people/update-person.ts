import { takeGrant } from "@/lib/approvals/take-grant";
import { writeEntry } from "@/lib/audit/trail/write-entry";
import type { Person, UpdatePersonBody } from "@/lib/contract/people";
import type { Db } from "@/lib/platform/db/client";
import type { RequestContext } from "@/lib/states/audit-entry";
import type { Caller } from "@/lib/states/caller";
import { PLATFORM_ORG_ID } from "@/lib/states/platform-org";
import { describeReason } from "./describe-reason";
import { getPerson, getStaff } from "./get-person";
import { lockPeople } from "./lock-people";
import { refuseBeyond, refuseLastAdmin, refuseManaged, refuseOneself } from "./refuse-beyond";
import { refuseLookalike } from "./refuse-lookalike";
import { writeReach } from "./write-reach";

type UpdatePerson = { caller: Caller; context: RequestContext; personId: string; body: UpdatePersonBody };

/**
 * Changes only the given fields. Role and reach take effect with the next request of the person's sessions
 * and keys, in every process.
 * @throws Refusal PERSON_NOT_FOUND
 * @throws Refusal CONFLICT `self_action_forbidden` for yourself, `name_taken`, `last_admin`,
 * `managed_by_provider`, `approval_required`
 * @throws Refusal PERMISSION_DENIED `escalation_forbidden` for a role or reach beyond the caller's
 */
export function updatePerson(
  db: Db,
  { caller, context, personId, body: { reason, ...body } }: UpdatePerson,
): Promise<Person> {
  return db.$transaction(async (tx) => {
    const actor = await lockPeople(tx, caller);
    const before = await getStaff(tx, actor.reach, personId);
    const wish = { ...before, ...body, reach: body.reach ? sorted(body.reach) : before.reach };
    const names = ["name", "role", "reach"] as const;
    const changed = names.filter((name) => JSON.stringify(wish[name]) !== JSON.stringify(before[name]));
    if (changed.length === 0) return before;
    refuseManaged(before);
    refuseOneself(caller, before.id, "You can't change your own name, role or access. Ask another admin.");
    if (changed.includes("name")) await refuseLookalike(tx, wish.name, before.id);
    const changesRights = changed.some((name) => name !== "name");
    if (changesRights) {
      await refuseBeyond(tx, actor, wish);
      if (wish.role !== "admin" || !wish.reach.all) await refuseLastAdmin(tx, before.id);
    }
    const approval = changesRights && (await takeGrant(tx, caller, wish));
    const { name, role } = wish;
    await tx.person.updateMany({
      where: { id: before.id },
      data: { name, role, reachesAllOrgs: wish.reach.all, updatedAt: new Date() },
    });
    if (changed.includes("reach")) await writeReach(tx, before.id, wish.reach.org_ids ?? []);
    const changes = Object.fromEntries(changed.map((name) => [name, [before[name], wish[name]]]));
    const meta = { ...describeReason(reason), changes, ...approval };
    const target = { type: "person", id: before.id, label: before.email } as const;
    await writeEntry(tx, { caller, context, orgId: PLATFORM_ORG_ID, action: "person.updated", target, meta });
    return getPerson(tx, actor.reach, before.id);
  });
}

type GivenReach = NonNullable<UpdatePersonBody["reach"]>;

const sorted = ({ all, org_ids }: GivenReach): Person["reach"] => ({
  all,
  org_ids: all ? null : [...new Set(org_ids)].toSorted(),
});
