import type { Person, PersonCredentials } from "@/lib/contract/people";
import type { Db } from "@/lib/platform/db/client";
import type { RequestContext } from "@/lib/states/audit-entry";
import type { Caller } from "@/lib/states/caller";
import { describeReason } from "./describe-reason";
import { disableIn } from "./disable-in";
import { getPerson, getStaff } from "./get-person";
import { lockPeople } from "./lock-people";
import { findCredentials } from "./find-credentials";
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
    const { id } = person;
    refuseOneself(caller, id, "You can't disable yourself. Ask another admin.");
    if (person.state === "disabled") return { outcome: "unchanged", person, ended: null };
    await refuseLastAdmin(tx, id);
    const ended = await findCredentials(tx, actor.reach, id);
    await disableIn(tx, { person, by: caller, context, meta: describeReason(reason) });
    return { outcome: "transitioned", person: await getPerson(tx, actor.reach, id), ended };
  });
}
