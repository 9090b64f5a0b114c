import { writeEntry } from "@/lib/audit/trail/write-entry";
import type { Person } from "@/lib/contract/people";
import { mailFactorNews } from "@/lib/identity/factor-mail";
import { removeIn } from "@/lib/factors/remove-in";
import { endSessionsOf } from "@/lib/identity/end-session";
import type { Db } from "@/lib/platform/db/client";
import type { RequestContext } from "@/lib/states/audit-entry";
import type { Caller } from "@/lib/states/caller";
import { PLATFORM_ORG_ID } from "@/lib/states/platform-org";
import { describeReason } from "./describe-reason";
import { getPerson, getStaff } from "./get-person";
import { lockPeople } from "./lock-people";
import { refuseBeyond, refuseOneself } from "./refuse-beyond";

type ResetFactors = {
  caller: Caller;
  context: RequestContext;
  personId: string;
  reason: string | null | undefined;
};
type Reset = { outcome: "transitioned" | "unchanged"; person: Person };

/**
 * Removes all second factors and recovery codes of a colleague who has lost them, and ends their sessions:
 * the password alone then signs them in.
 * @throws Refusal PERSON_NOT_FOUND
 * @throws Refusal CONFLICT `self_action_forbidden`
 * @throws Refusal PERMISSION_DENIED `escalation_forbidden` for a person with more rights than the caller
 */
export function resetFactors(db: Db, { caller, context, personId, reason }: ResetFactors): Promise<Reset> {
  return db.$transaction(async (tx) => {
    const actor = await lockPeople(tx, caller);
    const { id, name, email, role, reach } = await getStaff(tx, actor.reach, personId);
    refuseOneself(caller, id, "You can't reset your own second factors. Remove them on your account page.");
    await refuseBeyond(tx, actor, { role, reach });
    // A sign-in of the person locks the row too.
    await tx.$queryRaw`SELECT FROM people WHERE id = ${id}::uuid FOR NO KEY UPDATE`;
    const factors = (await removeIn(tx, { personId: id })).map(({ id: factorId, kind, name: called }) => ({
      id: factorId,
      kind,
      name: called,
    }));
    if (factors.length === 0)
      return { outcome: "unchanged", person: await getPerson(tx, actor.reach, personId) };
    await tx.recoveryCode.deleteMany({ where: { personId: id } });
    await writeEntry(tx, {
      caller,
      context,
      orgId: PLATFORM_ORG_ID,
      action: "person.factor_removed",
      target: { type: "person", id, label: email },
      meta: { ...describeReason(reason), factors, is_reset: true },
    });
    const ending = { personId: id, endedBy: caller.actor, context, cause: "factors_reset" } as const;
    await endSessionsOf(tx, ending);
    const what = "An admin removed the second factors of your Runflow console account";
    await mailFactorNews(tx, { person: { name, email }, what, context: { ip: null } });
    return { outcome: "transitioned", person: await getPerson(tx, actor.reach, personId) };
  });
}
