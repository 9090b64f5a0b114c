import { listDeliveryAttemptsOperation } from "@/lib/contract/deliveries";
import { getDelivery } from "@/lib/deliveries/get-delivery";
import { bind, endpoint } from "@/lib/platform/http/endpoint";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint({
  GET: bind(listDeliveryAttemptsOperation, async ({ db, caller, params }) => {
    const { attempts } = await getDelivery(
      db,
      caller.reach,
      String(params["id"]),
      String(params["delivery_id"]),
    );
    return { status: 200, body: { items: attempts } };
  }),
});
