import { listDeliveriesOperation } from "@/lib/contract/deliveries";
import { findDeliveries } from "@/lib/deliveries/find-deliveries";
import { bind, endpoint } from "@/lib/platform/http/endpoint";
import { withListPool } from "@/lib/platform/paging/with-list-pool";
import { getWebhook } from "@/lib/webhooks/get-webhook";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint({
  GET: bind(listDeliveriesOperation, async ({ db, caller, params, query }) => {
    const id = String(params["id"]);
    const webhookId = id === "any" ? undefined : (await getWebhook(db, caller.reach, id, true)).id;
    return {
      status: 200,
      body: await withListPool(caller, (listDb) => findDeliveries(listDb, caller.reach, webhookId, query)),
    };
  }),
});
