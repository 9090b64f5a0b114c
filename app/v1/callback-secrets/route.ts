import { createCallbackSecret } from "@/lib/callbacks/create-callback-secret";
import { listCallbackSecrets } from "@/lib/callbacks/list-callback-secrets";
import { createCallbackSecretOperation, listCallbackSecretsOperation } from "@/lib/contract/callback-secrets";
import { bind, endpoint } from "@/lib/http/endpoint";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint({
  GET: bind(listCallbackSecretsOperation, async ({ db, caller }) => ({
    status: 200,
    body: { items: await listCallbackSecrets(db, caller.reach) },
  })),
  POST: bind(createCallbackSecretOperation, async ({ db, caller, context }) => ({
    status: 201,
    body: await createCallbackSecret(db, { caller, context }),
  })),
});
