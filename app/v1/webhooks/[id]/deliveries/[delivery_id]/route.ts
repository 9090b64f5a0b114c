import { getDeliveryOperation } from "@/lib/contract/deliveries";
import { getDelivery } from "@/lib/deliveries/get-delivery";
import { bind, endpoint } from "@/lib/http/endpoint";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint({
  GET: bind(getDeliveryOperation, async ({ db, caller, params }) => ({
    status: 200,
    body: await getDelivery(db, caller.reach, String(params["id"]), String(params["delivery_id"])),
  })),
});
