import { redeliverOperation } from "@/lib/contract/deliveries";
import { redeliver } from "@/lib/deliveries/redeliver";
import { bind, endpoint } from "@/lib/platform/http/endpoint";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint({
  POST: bind(redeliverOperation, async ({ db, caller, context, params }) => ({
    status: 201,
    body: await redeliver(db, String(params["id"]), String(params["delivery_id"]), { caller, context }),
  })),
});
