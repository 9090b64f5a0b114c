import { promoteCallbackSecret } from "@/lib/callbacks/promote-callback-secret";
import { promoteCallbackSecretOperation } from "@/lib/contract/callback-secrets";
import { bind, endpoint } from "@/lib/platform/http/endpoint";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint({
  POST: bind(promoteCallbackSecretOperation, async ({ db, caller, context, params }) => ({
    status: 200,
    body: await promoteCallbackSecret(db, { caller, context, secretId: String(params["id"]) }),
  })),
});
