import { writeEntry } from "@/lib/audit/trail/write-entry";
import { abortBatchesOf } from "@/lib/cancellation-batches/abort-batch";
import type { Person, PersonCredentials } from "@/lib/contract/people";
import { endSessionsOf } from "@/lib/identity/end-session";
import type { Db } from "@/lib/platform/db/client";
import type { RequestContext } from "@/lib/states/audit-entry";
import type { Caller } from "@/lib/states/caller";
import { PLATFORM_ORG_ID } from "@/lib/states/platform-org";
import { describeReason } from "./describe-reason";
import { getPerson, getStaff } from "./get-person";
import { lockPeople } from "./lock-people";
import { findCredentials } from "./find-credentials";
import { closeLink, closeLinksMadeBy } from "./open-link";
import { refuseLastAdmin, refuseOneself } from "./refuse-beyond";

type DisablePerson = { caller: Caller; context: RequestContext; personId: string; reason: string };

/** `transitioned`: this call made the change. `unchanged`: it was already made, and nothing was written. */
export type Switched = { outcome: "transitioned" | "unchanged"; person: Person };
type Disabled = Switched & {
  /** What stopped working, in the caller's reach. */ ended: PersonCredentials | null;
};

/**
 * Disables a staff person: their sessions, running bulk cancellations, and open links that they made or have
 * end, and keys that they own or made are refused.
 * @throws Refusal PERSON_NOT_FOUND
 * @throws Refusal CONFLICT `self_action_forbidden`, `last_admin`
 */
export function disablePerson(
  db: Db,
  { caller, context, personId, reason }: DisablePerson,
): Promise<Disabled> {
  return db.$transaction(async (tx) => {
    const actor = await lockPeople(tx, caller);
    const person = await getStaff(tx, actor.reach, personId);
    const { id, email } = person;
    refuseOneself(caller, id, "You can't disable yourself. Ask another admin.");
    if (person.state === "disabled") return { outcome: "unchanged", person, ended: null };
    await refuseLastAdmin(tx, id);
    const ended = await findCredentials(tx, actor.reach, id);
    const now = new Date();
    await tx.person.updateMany({ where: { id }, data: { disabledAt: now, updatedAt: now } });
    await closeLink(tx, id);
    const target = { type: "person", id, label: email } as const;
    const meta = describeReason(reason);
    await writeEntry(tx, {
      caller,
      context,
      orgId: PLATFORM_ORG_ID,
      action: "person.disabled",
      target,
      meta,
    });
    const made_by = { id, name: person.name, email };
    for (const closed of await closeLinksMadeBy(tx, id)) {
      await writeEntry(tx, {
        caller,
        context,
        orgId: PLATFORM_ORG_ID,
        action: "person.link_closed",
        target: { type: "person", id: closed.id, label: closed.email },
        meta: { link: { made_by } },
      });
    }
    await abortBatchesOf(tx, { personId: id }, { caller, context });
    await endSessionsOf(tx, { personId: id, endedBy: caller.actor, context, cause: "person_disabled" });
    return { outcome: "transitioned", person: await getPerson(tx, actor.reach, id), ended };
  });
}
