import { createKeyLinkOperation } from "@/lib/contract/keys";
import { createClaimLink } from "@/lib/keys/create-claim-link";
import { bind, endpoint } from "@/lib/platform/http/endpoint";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint({
  POST: bind(createKeyLinkOperation, async ({ db, caller, context, params }) => ({
    status: 201,
    body: await createClaimLink(db, { caller, context, keyId: String(params["key_id"]) }),
  })),
});
