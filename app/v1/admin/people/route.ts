import { invitePersonOperation, listPeopleOperation } from "@/lib/contract/people";
import { bind, endpoint } from "@/lib/http/endpoint";
import { listApart } from "@/lib/paging/list-apart";
import { findPeople } from "@/lib/people/find-people";
import { invitePerson } from "@/lib/people/invite-person";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint({
  GET: bind(listPeopleOperation, async ({ caller, query }) => ({
    status: 200,
    body: await listApart(caller, (lists) => findPeople(lists, caller.reach, query)),
  })),
  POST: bind(invitePersonOperation, async ({ db, caller, context, body }) => ({
    status: 201,
    body: await invitePerson(db, { caller, context, body }),
  })),
});
