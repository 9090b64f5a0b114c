import { getDeliveryOperation } from "@/lib/contract/deliveries";
import { getDelivery } from "@/lib/deliveries/get-delivery";
import { showDeliveries } from "@/lib/payloads/show-run";
import { bind, endpoint } from "@/lib/platform/http/endpoint";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint({
  GET: bind(getDeliveryOperation, async ({ db, caller, params }) => {
    const [id, deliveryId] = [String(params["id"]), String(params["delivery_id"])];
    const found = await getDelivery(db, caller.reach, id, deliveryId);
    const [body] = (await showDeliveries(db, caller, [found])) as [typeof found];
    return { status: 200, body };
  }),
});
