import { listDeliveryAttemptsOperation } from "@/lib/contract/deliveries";
import { getDelivery } from "@/lib/deliveries/get-delivery";
import { showDeliveries } from "@/lib/payloads/show-run";
import { bind, endpoint } from "@/lib/platform/http/endpoint";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint({
  GET: bind(listDeliveryAttemptsOperation, async ({ db, caller, params }) => {
    const { id, delivery_id } = params;
    const found = await getDelivery(db, caller.reach, String(id), String(delivery_id));
    const [shown] = await showDeliveries(db, caller, [found]);
    return { status: 200, body: { items: shown!.attempts } };
  }),
});
