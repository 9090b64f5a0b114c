import { invitePersonOperation, listPeopleOperation } from "@/lib/contract/people";
import { findPeople } from "@/lib/people/find-people";
import { invitePerson } from "@/lib/people/invite-person";
import { bind, endpoint } from "@/lib/platform/http/endpoint";
import { withListPool } from "@/lib/platform/paging/with-list-pool";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint({
  GET: bind(listPeopleOperation, async ({ caller, query }) => ({
    status: 200,
    body: await withListPool(caller, (lists) => findPeople(lists, caller.reach, query)),
  })),
  POST: bind(invitePersonOperation, async ({ db, caller, context, body }) => ({
    status: 201,
    body: await invitePerson(db, { caller, context, body }),
  })),
});
