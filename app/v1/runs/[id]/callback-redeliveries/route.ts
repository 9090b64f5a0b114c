import { redeliverCallbackOperation } from "@/lib/contract/deliveries";
import { redeliverCallback } from "@/lib/deliveries/redeliver";
import { bind, endpoint } from "@/lib/platform/http/endpoint";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint({
  POST: bind(redeliverCallbackOperation, async ({ db, caller, context, params }) => ({
    status: 201,
    body: await redeliverCallback(db, String(params["id"]), { caller, context }),
  })),
});
