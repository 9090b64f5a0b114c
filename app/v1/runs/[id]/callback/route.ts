import { getRunCallbackOperation } from "@/lib/contract/deliveries";
import { listCallbackDeliveries } from "@/lib/deliveries/get-delivery";
import { showDeliveries } from "@/lib/payloads/show-run";
import { bind, endpoint } from "@/lib/platform/http/endpoint";
import { getRun } from "@/lib/runs/get-run";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint({
  GET: bind(getRunCallbackOperation, async ({ db, caller, params }) => {
    const { id, callback_url } = await getRun(db, caller.reach, String(params["id"]));
    return {
      status: 200,
      body: { callback_url, items: await showDeliveries(db, caller, await listCallbackDeliveries(db, id)) },
    };
  }),
});
