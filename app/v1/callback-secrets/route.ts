import { createCallbackSecret } from "@/lib/callbacks/create-callback-secret";
import { findCallbackSecrets } from "@/lib/callbacks/find-callback-secrets";
import { createCallbackSecretOperation, listCallbackSecretsOperation } from "@/lib/contract/callback-secrets";
import { bind, endpoint } from "@/lib/platform/http/endpoint";
import { withListPool } from "@/lib/platform/paging/with-list-pool";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint({
  GET: bind(listCallbackSecretsOperation, async ({ caller, query }) => ({
    status: 200,
    body: await withListPool(caller, (lists) => findCallbackSecrets(lists, caller.reach, query)),
  })),
  POST: bind(createCallbackSecretOperation, async ({ db, caller, context }) => ({
    status: 201,
    body: await createCallbackSecret(db, { caller, context }),
  })),
});
