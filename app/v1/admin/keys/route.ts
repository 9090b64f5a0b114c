import { createKeyOperation, listKeysOperation } from "@/lib/contract/keys";
import { createKey } from "@/lib/keys/create-key";
import { findKeys } from "@/lib/keys/find-keys";
import { bind, endpoint } from "@/lib/platform/http/endpoint";
import { withListPool } from "@/lib/platform/paging/with-list-pool";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint({
  GET: bind(listKeysOperation, async ({ caller, query }) => ({
    status: 200,
    body: await withListPool(caller, (lists) => findKeys(lists, caller.reach, query)),
  })),
  POST: bind(createKeyOperation, async ({ db, caller, context, body }) => {
    const key = await createKey(db, { caller, context, body });
    return { status: 201, body: key, headers: { Location: `/v1/admin/keys/${key.id}` } };
  }),
});
