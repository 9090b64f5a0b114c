import { findAuditEntries } from "@/lib/audit/trail/find-audit-entries";
import { AuditListQuery } from "@/lib/contract/audit";
import { KeyListQuery } from "@/lib/contract/keys";
import { findKeys } from "@/lib/keys/find-keys";
import { nameOrganizations } from "@/lib/organizations/name-organizations";
import { getPerson } from "@/lib/people/get-person";
import { db } from "@/lib/platform/db/client";
import { withListPool } from "@/lib/platform/paging/with-list-pool";
import type { Caller } from "@/lib/states/caller";
import { orNotFound } from "../../or-not-found";

const LATEST = 10;

/** Loads everything on a person's page. As in the API, a person out of reach is not found. */
export async function loadPersonPage(caller: Caller, personId: string) {
  const person = await orNotFound("PERSON_NOT_FOUND", getPerson(db(), caller.reach, personId));
  const { id } = person;
  const mayReadAudit = caller.permissions.has("audit.read");
  const find = (query: object) =>
    withListPool(caller, (lists) =>
      findAuditEntries(lists, caller.reach, AuditListQuery.parse({ limit: LATEST, ...query })),
    );
  const [customers, keys, did, about] = await Promise.all([
    nameOrganizations(db(), caller.reach, { ids: person.reach.org_ids ?? [] }),
    caller.permissions.has("keys.read")
      ? withListPool(caller, (lists) =>
          findKeys(lists, caller.reach, KeyListQuery.parse({ owner_id: id, limit: LATEST })),
        )
      : undefined,
    mayReadAudit ? find({ actor_id: id }) : undefined,
    mayReadAudit ? find({ target_id: id }) : undefined,
  ]);
  return { person, customers, keys: keys?.items, did: did?.items, about: about?.items };
}
