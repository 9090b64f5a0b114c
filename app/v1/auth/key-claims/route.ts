import { claimKeyOperation } from "@/lib/contract/keys";
import { claimKey } from "@/lib/keys/claim-key";
import { bind, endpoint } from "@/lib/platform/http/endpoint";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint({
  POST: bind(claimKeyOperation, async ({ db, context, body }) => ({
    status: 201,
    body: await claimKey(db, { context, body }),
  })),
});
