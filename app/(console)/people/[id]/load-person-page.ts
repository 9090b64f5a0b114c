import { findAuditEntries } from "@/lib/audit/trail/find-audit-entries";
import { AuditListQuery } from "@/lib/contract/audit";
import { KeyListQuery } from "@/lib/contract/keys";
import { findKeys } from "@/lib/keys/find-keys";
import { nameOrganizations } from "@/lib/organizations/name-organizations";
import { getPerson } from "@/lib/people/get-person";
import { db } from "@/lib/platform/db/client";
import { withListPool } from "@/lib/platform/paging/with-list-pool";
import { ROUTINE_ACTIONS, TELLING_ACTIONS } from "@/lib/states/audit-entry";
import type { Caller } from "@/lib/states/caller";
import { orNotFound } from "../../or-not-found";

const LATEST = 10;

/** Loads everything on a person's page. As in the API, a person out of reach is not found. */
export async function loadPersonPage(caller: Caller, personId: string) {
  const person = await orNotFound("PERSON_NOT_FOUND", getPerson(db(), caller.reach, personId));
  const { id } = person;
  const mayReadAudit = caller.permissions.has("audit.read");
  const find = async (of: object, actions: readonly string[]) => {
    if (!mayReadAudit) return undefined;
    const query = AuditListQuery.parse({ limit: LATEST, action: actions.join(","), ...of });
    return (await withListPool(caller, (lists) => findAuditEntries(lists, caller.reach, query))).items;
  };
  const [customers, keys, did, routine, about] = await Promise.all([
    nameOrganizations(db(), caller.reach, { ids: person.reach.org_ids ?? [] }),
    caller.permissions.has("keys.read")
      ? withListPool(caller, (lists) =>
          findKeys(lists, caller.reach, KeyListQuery.parse({ owner_id: id, limit: LATEST })),
        )
      : undefined,
    find({ actor_id: id }, TELLING_ACTIONS),
    find({ actor_id: id }, ROUTINE_ACTIONS),
    find({ target_id: id }, TELLING_ACTIONS),
  ]);
  return { person, customers, keys: keys?.items, did, routine: routine ?? [], about };
}
