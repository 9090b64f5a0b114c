import { disableCallbackSecret } from "@/lib/callbacks/disable-callback-secret";
import { disableCallbackSecretOperation } from "@/lib/contract/callback-secrets";
import { bind, endpoint } from "@/lib/platform/http/endpoint";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint({
  POST: bind(disableCallbackSecretOperation, async ({ db, caller, context, params }) => ({
    status: 200,
    body: await disableCallbackSecret(db, { caller, context, secretId: String(params["id"]) }),
  })),
});
