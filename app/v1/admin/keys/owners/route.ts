import { listKeyOwnersOperation } from "@/lib/contract/keys";
import { findKeyOwners } from "@/lib/keys/find-key-owners";
import { bind, endpoint } from "@/lib/platform/http/endpoint";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint({
  GET: bind(listKeyOwnersOperation, async ({ db, caller, query }) => ({
    status: 200,
    body: { items: await findKeyOwners(db, caller, query.org_id) },
  })),
});
